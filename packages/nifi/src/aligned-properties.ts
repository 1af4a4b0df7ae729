import { sortByFileOrder } from "./aligned-part.ts";
import type { FlowPart } from "./flow-definition.ts";
import type { Descriptors } from "./nifi-entities.ts";

/** The properties of a component in a flow definition. */
export type Properties = Readonly<Record<string, string | null>>;

/** The property descriptors in a flow definition. */
export type PropertyFacts = Readonly<
  Record<string, FlowPart & { sensitive?: boolean; dynamic?: boolean; identifiesControllerService?: boolean }>
>;

/**
 * Aligns the properties of a component with the file: in the order of the file, without properties that the file omits and
 * that have their default. A property that a release of NiFi has renamed keeps its name in the file while its value is
 * unchanged.
 */
export function alignedProperties(
  canvas: Properties,
  file: Properties,
  { facts, descriptors }: { facts: PropertyFacts; descriptors: Descriptors },
): Properties {
  const properties = withOldNames(canvas, file, facts);
  const names = sortByFileOrder(Object.keys(properties), Object.keys(file), (name) => name);
  return Object.fromEntries(
    names
      .filter((name) => name in file || properties[name] !== (descriptors[name]?.defaultValue ?? null))
      // A property that was cleared on the canvas is null in the file, unless null is its default.
      .filter((name) => properties[name] !== null || file[name] === null || hasDefault(descriptors, name))
      .map((name) => [name, properties[name]!] as const),
  );
}

function hasDefault(descriptors: Descriptors, name: string): boolean {
  return descriptors[name]?.defaultValue !== undefined;
}

function withOldNames(canvas: Properties, file: Properties, facts: PropertyFacts): Properties {
  const properties: Record<string, string | null> = { ...canvas };
  for (const [old, value] of Object.entries(file)) {
    if (old in canvas) continue;
    const renamed = Object.keys(properties).find(
      (name) =>
        !(name in file) && value !== null && properties[name] === value && facts[name]?.dynamic === false,
    );
    if (renamed === undefined) continue;
    delete properties[renamed];
    properties[old] = value;
  }
  return properties;
}

/** Selects the descriptors that NiFi cannot derive by itself, and those that the file has anyway. */
export function alignedFacts(canvas: PropertyFacts, file: PropertyFacts): PropertyFacts {
  const selected = Object.entries(canvas).filter(
    ([name, { dynamic, sensitive, identifiesControllerService }]) =>
      name in file || (dynamic && (sensitive || identifiesControllerService)),
  );
  const entries = sortByFileOrder(selected, Object.entries(file), ([name]) => name);
  return Object.fromEntries(
    entries.map(([name, facts]) => [name, isSame(facts, file[name]) ? file[name]! : facts]),
  );
}

function isSame(onCanvas: PropertyFacts[string], inFile: PropertyFacts[string] | undefined): boolean {
  return (
    onCanvas.sensitive === (inFile?.sensitive ?? false) && onCanvas.dynamic === (inFile?.dynamic ?? false)
  );
}
