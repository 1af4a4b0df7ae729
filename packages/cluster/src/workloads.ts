import type { Condition, Pod, Workload } from "./kubernetes-objects.ts";

/** How far a workload is. */
export interface WorkloadState {
  /** As kubectl names it: `statefulset/kafka`. */
  name: string;
  namespace: string;
  ready: number;
  wanted: number;
  isReady: boolean;
  /** Why it will never be ready: a Job that has failed. */
  failure?: string;
}

/** `deployment/gateway`, as kubectl takes it. */
export function workloadName({ kind, metadata }: Pick<Workload, "kind" | "metadata">): string {
  return `${kind.toLowerCase()}/${metadata.name}`;
}

/** How far a Deployment, StatefulSet or Job is. */
export function workloadState(workload: Workload): WorkloadState {
  const { kind, metadata } = workload;
  const names = { name: workloadName(workload), namespace: metadata.namespace ?? "default" };
  return kind === "Job" ? { ...names, ...jobState(workload) } : { ...names, ...replicasState(workload) };
}

function jobState({ spec, status = {} }: Workload) {
  const failed = conditionOf(status.conditions, "Failed");
  return {
    ready: status.succeeded ?? 0,
    wanted: spec.completions ?? 1,
    isReady: conditionOf(status.conditions, "Complete") !== undefined,
    ...(failed === undefined ? {} : { failure: failed.message ?? failed.reason ?? "failed" }),
  };
}

function replicasState({ kind, metadata, spec, status = {} }: Workload) {
  const wanted = spec.replicas ?? 1;
  const isObserved = (status.observedGeneration ?? 0) >= (metadata.generation ?? 0);
  const ready = (kind === "Deployment" ? status.availableReplicas : status.readyReplicas) ?? 0;
  const isUpdated = (status.updatedReplicas ?? 0) >= wanted && (status.replicas ?? 0) === wanted;
  return { ready, wanted, isReady: isObserved && ready >= wanted && isUpdated };
}

/** Why a Deployment makes no pods, such as an exceeded quota. */
export function replicaFailure({ status }: Workload): string | undefined {
  return conditionOf(status?.conditions, "ReplicaFailure")?.message;
}

/** The pods of a workload; those that are being deleted are left out. */
export function podsOf({ metadata, spec }: Workload, pods: readonly Pod[]): Pod[] {
  const labels = Object.entries(spec.selector?.matchLabels ?? {});
  return pods.filter(
    (pod) =>
      pod.metadata.namespace === metadata.namespace &&
      pod.metadata.deletionTimestamp === undefined &&
      labels.length > 0 &&
      labels.every(([name, value]) => pod.metadata.labels?.[name] === value),
  );
}

function conditionOf(conditions: readonly Condition[] = [], type: string): Condition | undefined {
  return conditions.find((condition) => condition.type === type && condition.status === "True");
}
