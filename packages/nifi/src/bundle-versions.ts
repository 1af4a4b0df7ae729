import type { FlowComponent, FlowGroup } from "./flow-definition.ts";

/** Where a component's type comes from. */
interface Bundle {
  group: string;
  artifact: string;
  version: string;
}

/** Versions by bundle. */
export type BundleVersions = ReadonlyMap<string, string>;

/** The versions that a flow names. */
export function versionsOf(group: FlowGroup): BundleVersions {
  return new Map(bundlesOf(group).map((bundle) => [nameOf(bundle), bundle.version]));
}

/** A bundle with the version that the file has for it: which one NiFi runs is not the flow's business. */
export function versionedAs(bundle: unknown, versions: BundleVersions): Bundle {
  const found = bundle as Bundle;
  return { ...found, version: versions.get(nameOf(found)) ?? found.version };
}

function nameOf({ group, artifact }: Bundle): string {
  return `${group}:${artifact}`;
}

function bundlesOf(group: FlowGroup): Bundle[] {
  const {
    processors = [],
    controllerServices = [],
    processGroups = [],
  } = group as {
    processors?: FlowComponent[];
    controllerServices?: FlowComponent[];
    processGroups?: FlowGroup[];
  };
  const own = [...processors, ...controllerServices].map(({ bundle }) => bundle as Bundle);
  return [...own.filter((bundle) => bundle !== undefined), ...processGroups.flatMap(bundlesOf)];
}
