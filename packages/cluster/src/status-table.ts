import type { Pod, Workload } from "./kubernetes-objects.ts";
import { listProblems, type NamespaceState } from "./problems.ts";
import { selectPods, workloadState } from "./workloads.ts";

const partOfLabel = "app.kubernetes.io/part-of";

/** Whether a workload is labelled as a part of the platform. */
function isPlatform({ metadata }: Workload): boolean {
  return metadata.labels?.[partOfLabel] === "serverless-data-platform";
}

/** A line for each workload in the platform's namespaces, with the reasons of those that are not ready. */
export function statusTable(state: NamespaceState): { lines: string[]; isReady: boolean } {
  const namespaces = new Set(state.workloads.filter(isPlatform).map(({ metadata }) => metadata.namespace));
  const shown = state.workloads
    .filter(({ metadata }) => namespaces.has(metadata.namespace))
    .map((workload) => ({ workload, readiness: workloadState(workload) }))
    // Completed Jobs are left out.
    .filter(({ workload, readiness }) => workload.kind !== "Job" || !readiness.isReady);
  const rows = shown.map(({ workload, readiness }) => [
    ...[
      readiness.namespace,
      readiness.name,
      `${readiness.ready}/${readiness.wanted}`,
      readiness.isReady ? "ready" : "not ready",
    ],
    String(countRestarts(selectPods(workload, state.pods))),
    formatImages(workload),
  ]);
  const table = alignColumns([["NAMESPACE", "WORKLOAD", "PODS", "STATE", "RESTARTS", "IMAGES"], ...rows]);
  const problems = shown
    .filter(({ readiness }) => !readiness.isReady)
    .flatMap(({ workload, readiness }) =>
      listProblems(workload, readiness, state).map((problem) => `  ${readiness.name}: ${problem}`),
    );
  return {
    lines: problems.length === 0 ? table : [...table, "", "Not ready:", ...problems],
    isReady: problems.length === 0,
  };
}

function countRestarts(pods: readonly Pod[]): number {
  const counts = pods.flatMap(({ status }) =>
    (status?.containerStatuses ?? []).map(({ restartCount }) => restartCount),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

function formatImages({ spec }: Workload): string {
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
