import type { Kubectl } from "./kubectl.ts";
import type { ClusterEvent, Pod, Workload } from "./kubernetes-objects.ts";
import { podReason } from "./pod-reason.ts";
import { replicaFailure, selectPods, type WorkloadState } from "./workloads.ts";

/** The workloads and pods of a namespace. */
export interface NamespaceState {
  workloads: readonly Workload[];
  pods: readonly Pod[];
  /** The latest warnings, oldest first. */
  warnings: readonly ClusterEvent[];
}

const kinds = "deployments.apps,statefulsets.apps,jobs.batch,pods";

/** Reads the workloads and pods of one namespace or of all. */
export async function readState(kubectl: Kubectl, scope: readonly string[]): Promise<NamespaceState> {
  const objects = await kubectl.list<Workload | Pod>([kinds, ...scope]);
  return {
    workloads: objects.filter(({ kind }) => kind !== "Pod") as Workload[],
    pods: objects.filter(({ kind }) => kind === "Pod") as Pod[],
    warnings: [],
  };
}

/** Adds the warning events of one namespace or of all. */
export async function withWarnings(
  kubectl: Kubectl,
  scope: readonly string[],
  state: NamespaceState,
): Promise<NamespaceState> {
  const events = await kubectl.list<ClusterEvent>(["events", ...scope, "--field-selector", "type=Warning"]);
  const time = ({ lastTimestamp, eventTime }: ClusterEvent) =>
    Date.parse(lastTimestamp ?? eventTime ?? "") || 0;
  return { ...state, warnings: [...events].sort((a, b) => time(a) - time(b)) };
}

/** Lists the causes why a workload is not ready, one line each. */
export function listProblems(
  workload: Workload,
  { failure }: WorkloadState,
  state: NamespaceState,
): string[] {
  if (failure !== undefined) return [failure];
  const refused = replicaFailure(workload) ?? latestWarning(state, workload.kind, workload.metadata.name);
  const pods = selectPods(workload, state.pods);
  const podsByReason = new Map<string, string[]>();
  for (const pod of pods) {
    const reason = readReason(pod, state);
    if (reason !== undefined)
      podsByReason.set(reason, [...(podsByReason.get(reason) ?? []), pod.metadata.name]);
  }
  if (podsByReason.size > 0)
    return [...podsByReason].map(([reason, names]) => `${names.join(", ")}: ${reason}`);
  if (pods.length === 0) return [refused ?? "it has no pods yet"];
  return [workload.kind === "Job" ? "it is running" : "its rollout is not complete"];
}

/** Only events explain why a container does not start, for example because of a missing volume. */
function readReason(pod: Pod, state: NamespaceState): string | undefined {
  const reason = podReason(pod);
  const warning = reason?.includes("starting") ? latestWarning(state, "Pod", pod.metadata.name) : undefined;
  return warning ?? reason;
}

function latestWarning({ warnings }: NamespaceState, kind: string, name: string): string | undefined {
  const matching = warnings.filter(
    ({ involvedObject }) => involvedObject.kind === kind && involvedObject.name === name,
  );
  return matching.at(-1)?.message.split("\n")[0];
}
