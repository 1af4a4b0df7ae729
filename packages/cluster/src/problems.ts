import type { Kubectl } from "./kubectl.ts";
import type { ClusterEvent, Pod, Workload } from "./kubernetes-objects.ts";
import { podReason } from "./pod-reason.ts";
import { podsOf, replicaFailure, type WorkloadState } from "./workloads.ts";

/** What a namespace runs. */
export interface NamespaceState {
  workloads: readonly Workload[];
  pods: readonly Pod[];
  /** The latest warnings, oldest first. */
  warnings: readonly ClusterEvent[];
}

const kinds = "deployments.apps,statefulsets.apps,jobs.batch,pods";

/** Reads workloads and pods of a namespace, or of all. */
export async function readState(kubectl: Kubectl, scope: readonly string[]): Promise<NamespaceState> {
  const objects = await kubectl.list<Workload | Pod>([kinds, ...scope]);
  return {
    workloads: objects.filter(({ kind }) => kind !== "Pod") as Workload[],
    pods: objects.filter(({ kind }) => kind === "Pod") as Pod[],
    warnings: [],
  };
}

/** Adds the warnings of a namespace, or of all. */
export async function withWarnings(
  kubectl: Kubectl,
  scope: readonly string[],
  state: NamespaceState,
): Promise<NamespaceState> {
  const events = await kubectl.list<ClusterEvent>(["events", ...scope, "--field-selector", "type=Warning"]);
  const time = ({ lastTimestamp, eventTime }: ClusterEvent) =>
    Date.parse(lastTimestamp ?? eventTime ?? "") || 0;
  return { ...state, warnings: [...events].sort((left, right) => time(left) - time(right)) };
}

/** Why a workload is not ready: a line for each cause. */
export function problemsOf(workload: Workload, { failure }: WorkloadState, state: NamespaceState): string[] {
  if (failure !== undefined) return [failure];
  const refused = replicaFailure(workload) ?? warningOf(state, workload.kind, workload.metadata.name);
  const pods = podsOf(workload, state.pods);
  const podsByReason = new Map<string, string[]>();
  for (const pod of pods) {
    const reason = reasonOf(pod, state);
    if (reason !== undefined)
      podsByReason.set(reason, [...(podsByReason.get(reason) ?? []), pod.metadata.name]);
  }
  if (podsByReason.size > 0)
    return [...podsByReason].map(([reason, names]) => `${names.join(", ")}: ${reason}`);
  if (pods.length === 0) return [refused ?? "it has no pods yet"];
  return [workload.kind === "Job" ? "it is at work" : "its rollout is not complete"];
}

/** A container that does not start, such as for a missing volume, says why in events alone. */
function reasonOf(pod: Pod, state: NamespaceState): string | undefined {
  const reason = podReason(pod);
  const warning = reason?.includes("starting") ? warningOf(state, "Pod", pod.metadata.name) : undefined;
  return warning ?? reason;
}

function warningOf({ warnings }: NamespaceState, kind: string, name: string): string | undefined {
  const about = warnings.filter(
    ({ involvedObject }) => involvedObject.kind === kind && involvedObject.name === name,
  );
  return about.at(-1)?.message.split("\n")[0];
}
