import type { Condition, Pod, Workload } from "./kubernetes-objects.ts";

/** The readiness of a workload. */
export interface WorkloadState {
  /** The name for kubectl, such as `statefulset/kafka`. */
  name: string;
  namespace: string;
  ready: number;
  wanted: number;
  isReady: boolean;
  /** The reason of a failed Job, which never becomes ready. */
  failure?: string;
}

/** The name for kubectl, such as `deployment/gateway`. */
export function workloadName({ kind, metadata }: Pick<Workload, "kind" | "metadata">): string {
  return `${kind.toLowerCase()}/${metadata.name}`;
}

/** Reads the readiness of a Deployment, StatefulSet or Job. */
export function workloadState(workload: Workload): WorkloadState {
  const { kind, metadata } = workload;
  const names = { name: workloadName(workload), namespace: metadata.namespace ?? "default" };
  return kind === "Job" ? { ...names, ...jobState(workload) } : { ...names, ...replicasState(workload) };
}

function jobState({ spec, status = {} }: Workload) {
  const failed = findTrueCondition(status.conditions, "Failed");
  return {
    ready: status.succeeded ?? 0,
    wanted: spec.completions ?? 1,
    isReady: findTrueCondition(status.conditions, "Complete") !== undefined,
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

/** The reason why a Deployment creates no pods, such as an exceeded quota. */
export function replicaFailure({ status }: Workload): string | undefined {
  return findTrueCondition(status?.conditions, "ReplicaFailure")?.message;
}

/** Returns the pods of a workload, without terminating ones. */
export function selectPods({ metadata, spec }: Workload, pods: readonly Pod[]): Pod[] {
  const labels = Object.entries(spec.selector?.matchLabels ?? {});
  return pods.filter(
    (pod) =>
      pod.metadata.namespace === metadata.namespace &&
      pod.metadata.deletionTimestamp === undefined &&
      labels.length > 0 &&
      labels.every(([name, value]) => pod.metadata.labels?.[name] === value),
  );
}

function findTrueCondition(conditions: readonly Condition[] = [], type: string): Condition | undefined {
  return conditions.find((condition) => condition.type === type && condition.status === "True");
}
