import type { Pod, Workload } from "./kubernetes-objects.ts";
import { type NamespaceState, problemsOf } from "./problems.ts";
import { podsOf, workloadState } from "./workloads.ts";

const partOf = "app.kubernetes.io/part-of";

/** Whether a workload is labelled as a part of the platform. */
function isPlatform({ metadata }: Workload): boolean {
  return metadata.labels?.[partOf] === "serverless-data-platform";
}

/** A line for each workload in the platform's namespaces, with the reasons of those that are not ready. */
export function statusTable(state: NamespaceState): { lines: string[]; isReady: boolean } {
  const namespaces = new Set(state.workloads.filter(isPlatform).map(({ metadata }) => metadata.namespace));
  const shown = state.workloads
    .filter(({ metadata }) => namespaces.has(metadata.namespace))
    .map((workload) => ({ workload, own: workloadState(workload) }))
    // Jobs of the past say nothing.
    .filter(({ workload, own }) => workload.kind !== "Job" || !own.isReady);
  const rows = shown.map(({ workload, own }) => [
    ...[own.namespace, own.name, `${own.ready}/${own.wanted}`, own.isReady ? "ready" : "not ready"],
    String(restartsOf(podsOf(workload, state.pods))),
    versionsOf(workload),
  ]);
  const table = alignColumns([["NAMESPACE", "WORKLOAD", "PODS", "STATE", "RESTARTS", "IMAGES"], ...rows]);
  const problems = shown
    .filter(({ own }) => !own.isReady)
    .flatMap(({ workload, own }) =>
      problemsOf(workload, own, state).map((problem) => `  ${own.name}: ${problem}`),
    );
  return {
    lines: problems.length === 0 ? table : [...table, "", "Not ready:", ...problems],
    isReady: problems.length === 0,
  };
}

function restartsOf(pods: readonly Pod[]): number {
  const counts = pods.flatMap(({ status }) =>
    (status?.containerStatuses ?? []).map(({ restartCount }) => restartCount),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

function versionsOf({ spec }: Workload): string {
  const { containers } = spec.template.spec;
  return [...new Set(containers.map(({ image }) => image))].join(", ");
}

function alignColumns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join("  ")
      .trimEnd(),
  );
}
