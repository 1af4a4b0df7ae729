import { inFileOrder } from "./aligned-part.ts";
import type { FlowPart } from "./flow-definition.ts";
import type { Descriptors } from "./nifi-entities.ts";

/** The properties of a component, as its definition has them. */
export type Properties = Readonly<Record<string, string | null>>;

/** What a definition says of a component's properties. */
export type PropertyFacts = Readonly<
  Record<string, FlowPart & { sensitive?: boolean; dynamic?: boolean; identifiesControllerService?: boolean }>
>;

/**
 * The properties of a component on the canvas, in the order of the file, without those that the file leaves out and
 * that have their default. A property that NiFi has renamed (a release may do that) keeps its name in the file as long
 * as it keeps its value.
 */
export function alignedProperties(
  canvas: Properties,
  file: Properties,
  { facts, descriptors }: { facts: PropertyFacts; descriptors: Descriptors },
): Properties {
  const found = withOldNames(canvas, file, facts);
  const names = inFileOrder(Object.keys(found), Object.keys(file), (name) => name);
  return Object.fromEntries(
    names
      .filter((name) => name in file || found[name] !== (descriptors[name]?.defaultValue ?? null))
      // What was emptied on the canvas must be empty in the file, unless it is so by default.
      .filter((name) => found[name] !== null || file[name] === null || hasDefault(descriptors, name))
      .map((name) => [name, found[name]!] as const),
  );
}

function hasDefault(descriptors: Descriptors, name: string): boolean {
  return descriptors[name]?.defaultValue !== undefined;
}

function withOldNames(canvas: Properties, file: Properties, facts: PropertyFacts): Properties {
  const found: Record<string, string | null> = { ...canvas };
  for (const [old, value] of Object.entries(file)) {
    if (old in canvas) continue;
    const renamed = Object.keys(found).find(
      (name) => !(name in file) && value !== null && found[name] === value && facts[name]?.dynamic === false,
    );
    if (renamed === undefined) continue;
    delete found[renamed];
    found[old] = value;
  }
  return found;
}

/** Of what a definition says of properties, what NiFi cannot know by itself, and what the file has anyway. */
export function alignedFacts(canvas: PropertyFacts, file: PropertyFacts): PropertyFacts {
  const kept = Object.entries(canvas).filter(
    ([name, { dynamic, sensitive, identifiesControllerService }]) =>
      name in file || (dynamic && (sensitive || identifiesControllerService)),
  );
  const entries = inFileOrder(kept, Object.entries(file), ([name]) => name);
  return Object.fromEntries(
    entries.map(([name, facts]) => [name, isSame(facts, file[name]) ? file[name]! : facts]),
  );
}

function isSame(one: PropertyFacts[string], other: PropertyFacts[string] | undefined): boolean {
  return one.sensitive === (other?.sensitive ?? false) && one.dynamic === (other?.dynamic ?? false);
}
