import type { FlowComponent, FlowGroup } from "./flow-definition.ts";

/** The bundle (NAR) that contains the type of a component. */
interface Bundle {
  group: string;
  artifact: string;
  version: string;
}

/** Versions by the name of the bundle. */
export type BundleVersions = ReadonlyMap<string, string>;

/** Reads the bundle versions of a flow. */
export function readVersions(group: FlowGroup): BundleVersions {
  return new Map(collectBundles(group).map((bundle) => [toName(bundle), bundle.version]));
}

/** Returns a bundle with its version in the file, because the flow does not depend on NiFi's version of it. */
export function restoreVersion(bundle: unknown, versions: BundleVersions): Bundle {
  const downloaded = bundle as Bundle;
  return { ...downloaded, version: versions.get(toName(downloaded)) ?? downloaded.version };
}

function toName({ group, artifact }: Bundle): string {
  return `${group}:${artifact}`;
}

function collectBundles(group: FlowGroup): Bundle[] {
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
  return [...own.filter((bundle) => bundle !== undefined), ...processGroups.flatMap(collectBundles)];
}
