import { isDeepStrictEqual } from "node:util";
import type { FlowPart } from "./flow-definition.ts";

/** Default values of omitted fields; NiFi's downloads contain them. */
const defaults: FlowPart = {
  comments: "",
  provided: false,
  description: "",
  scheduledState: "ENABLED",
  executionEngine: "INHERITED",
  maxConcurrentTasks: 1,
  statelessFlowTimeout: "1 min",
};

/** NiFi refuses a definition without these fields, even if they are empty. */
const requiredFields = new Set(["properties", "propertyDescriptors", "parameters"]);

/** The order of fields in new parts; other fields follow. */
const fieldOrder = [
  ...["identifier", "name", "comments", "type", "bundle", "position", "properties", "propertyDescriptors"],
  ...["source", "destination", "selectedRelationships", "bends", "parameterContextName", "processors"],
  ...["controllerServices", "connections", "inputPorts", "outputPorts", "funnels", "labels", "processGroups"],
];

/** Chooses the value of a field for the file from its values on the canvas and in the file; undefined omits the field. */
export type AlignField = (canvas: unknown, file: unknown, field: string) => unknown;

/**
 * Aligns a part of the canvas with the file: the fields of the file come first, in its order, then others. A field that
 * the file omits stays omitted while it has its default value.
 */
export function alignedPart(canvas: FlowPart, file: FlowPart | undefined, align: AlignField): FlowPart {
  const result: FlowPart = {};
  for (const field of orderFields(canvas, file)) {
    const value = aligned(align(canvas[field], file?.[field], field), file, field);
    if (value !== undefined) result[field] = value;
  }
  return result;
}

function aligned(value: unknown, file: FlowPart | undefined, field: string): unknown {
  const fileValue = file?.[field];
  const unchanged = isDeepStrictEqual(toEffectiveValue(value, field), toEffectiveValue(fileValue, field));
  if (unchanged) return fileValue;
  // NiFi writes null for a removed value; the file omits the field.
  return value === null ? undefined : value;
}

/** NiFi treats a missing value, an empty value and the default alike. */
function toEffectiveValue(value: unknown, field: string): unknown {
  const isMissing = value === undefined || value === null || (isEmpty(value) && !requiredFields.has(field));
  return isMissing ? defaults[field] : value;
}

function isEmpty(value: unknown): boolean {
  return typeof value === "object" && value !== null && Object.keys(value).length === 0;
}

function orderFields(canvas: FlowPart, file: FlowPart = {}): string[] {
  const rank = (field: string) => fieldOrder.indexOf(field) + 1 || fieldOrder.length + 1;
  const added = Object.keys(canvas)
    .filter((field) => !(field in file))
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1));
  return [...Object.keys(file), ...added];
}

/** Sorts items by their order in the file; items that it lacks follow, sorted by name. */
export function sortByFileOrder<T>(
  canvas: readonly T[],
  file: readonly T[],
  toKey: (item: T) => string,
  toName: (item: T) => string = toKey,
): T[] {
  const indexes = new Map(file.map((item, index) => [toKey(item), index]));
  const findIndex = (item: T) => indexes.get(toKey(item)) ?? file.length;
  return [...canvas].sort((a, b) => findIndex(a) - findIndex(b) || (toName(a) < toName(b) ? -1 : 1));
}
