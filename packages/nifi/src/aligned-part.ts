import { isDeepStrictEqual } from "node:util";
import type { FlowPart } from "./flow-definition.ts";

/** What a field means where it is left out; NiFi writes it all the same. */
const defaults: FlowPart = {
  comments: "",
  provided: false,
  description: "",
  scheduledState: "ENABLED",
  executionEngine: "INHERITED",
  maxConcurrentTasks: 1,
  statelessFlowTimeout: "1 min",
};

/** NiFi refuses a definition without these, were they empty. */
const needed = new Set(["properties", "propertyDescriptors", "parameters"]);

/** In this order new parts have their fields; others follow. */
const readingOrder = [
  ...["identifier", "name", "comments", "type", "bundle", "position", "properties", "propertyDescriptors"],
  ...["source", "destination", "selectedRelationships", "bends", "parameterContextName", "processors"],
  ...["controllerServices", "connections", "inputPorts", "outputPorts", "funnels", "labels", "processGroups"],
];

/** Makes of a field's values, on the canvas and in the file, the one to be written; undefined for none. */
export type AlignField = (canvas: unknown, file: unknown, field: string) => unknown;

/**
 * A part of the canvas, written as the file writes it: the file's fields come first, in its order, then further ones.
 * A field that the file leaves out is left out as long as its value is what that means.
 */
export function alignedPart(canvas: FlowPart, file: FlowPart | undefined, align: AlignField): FlowPart {
  const result: FlowPart = {};
  for (const field of fieldsOf(canvas, file)) {
    const value = aligned(align(canvas[field], file?.[field], field), file, field);
    if (value !== undefined) result[field] = value;
  }
  return result;
}

function aligned(value: unknown, file: FlowPart | undefined, field: string): unknown {
  const written = file?.[field];
  const unchanged = isDeepStrictEqual(meaningOf(value, field), meaningOf(written, field));
  if (unchanged) return written;
  // Null is how NiFi takes a value away; in the file the field is missing then.
  return value === null ? undefined : value;
}

/** What NiFi takes the value for: nothing, empty and the default are one. */
function meaningOf(value: unknown, field: string): unknown {
  const nothing = value === undefined || value === null || (isEmpty(value) && !needed.has(field));
  return nothing ? defaults[field] : value;
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

function fieldsOf(canvas: FlowPart, file: FlowPart = {}): string[] {
  const rank = (field: string) => readingOrder.indexOf(field) + 1 || readingOrder.length + 1;
  const further = Object.keys(canvas)
    .filter((field) => !(field in file))
    .sort((one, other) => rank(one) - rank(other) || (one < other ? -1 : 1));
  return [...Object.keys(file), ...further];
}

/** Members in the order of the file, then those that it does not have, by name. */
export function inFileOrder<T>(
  canvas: readonly T[],
  file: readonly T[],
  keyOf: (one: T) => string,
  nameOf: (one: T) => string = keyOf,
): T[] {
  const places = new Map(file.map((one, place) => [keyOf(one), place]));
  const placeOf = (one: T) => places.get(keyOf(one)) ?? file.length;
  return [...canvas].sort(
    (one, other) => placeOf(one) - placeOf(other) || (nameOf(one) < nameOf(other) ? -1 : 1),
  );
}
