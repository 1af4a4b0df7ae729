import type { Container, KubernetesObject, Node, Pod, PodSpec, Workload } from "./kubernetes-objects.ts";

/** Processors, in cores, and memory. */
export interface Resources {
  processors: number;
  memoryBytes: number;
}

const factors: Readonly<Record<string, number>> = {
  "": 1,
  m: 1e-3,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
};

/** Parses a Kubernetes quantity such as `100m` or `1.5Gi`; 0 when it is invalid. */
export function parseQuantity(text = ""): number {
  const [, number = "", suffix = ""] = /^([\d.]+(?:e\d+)?)([a-zA-Z]*)$/.exec(text) ?? [];
  return Number(number) * (factors[suffix] ?? 0);
}

/** The requests of a pod: of all its containers, or of its largest init container if that requests more. */
export function podRequest({ containers, initContainers = [] }: PodSpec): Resources {
  const isSidecar = ({ restartPolicy }: Container) => restartPolicy === "Always";
  const lasting = [...containers, ...initContainers.filter(isSidecar)].map(containerRequest);
  const initial = initContainers.filter((container) => !isSidecar(container)).map(containerRequest);
  const sum = total(lasting);
  return {
    processors: Math.max(sum.processors, ...initial.map(({ processors }) => processors)),
    memoryBytes: Math.max(sum.memoryBytes, ...initial.map(({ memoryBytes }) => memoryBytes)),
  };
}

/** Sums the requests of Deployments and StatefulSets. Jobs do not count, because they end. */
export function sumRequests(objects: readonly KubernetesObject[]): Resources {
  const workloads = objects.filter(({ kind }) => ["Deployment", "StatefulSet"].includes(kind)) as Workload[];
  return total(
    workloads.map(({ spec }) => {
      const { processors, memoryBytes } = podRequest(spec.template.spec);
      const replicas = spec.replicas ?? 1;
      return { processors: processors * replicas, memoryBytes: memoryBytes * replicas };
    }),
  );
}

/** The free capacity of the nodes for the pods of some namespaces. Their own current requests do not count. */
export function computeFreeResources(
  nodes: readonly Node[],
  pods: readonly Pod[],
  namespaces: readonly string[],
): Resources {
  const capacity = total(
    nodes.filter(({ spec }) => !spec.unschedulable).map(({ status }) => toResources(status.allocatable)),
  );
  const others = pods.filter(
    ({ metadata, status }) =>
      !namespaces.includes(metadata.namespace ?? "") &&
      !["Succeeded", "Failed"].includes(status?.phase ?? ""),
  );
  const requested = total(others.map(({ spec }) => podRequest(spec)));
  return {
    processors: capacity.processors - requested.processors,
    memoryBytes: capacity.memoryBytes - requested.memoryBytes,
  };
}

/** Describes each shortage as a phrase; empty when the capacity suffices. */
export function listShortages(requested: Resources, free: Resources): string[] {
  const shortages: string[] = [];
  if (requested.memoryBytes > free.memoryBytes)
    shortages.push(`${gibibytes(requested)} of memory are requested, ${gibibytes(free)} are free`);
  if (requested.processors > free.processors + 1e-6)
    shortages.push(`${cores(requested)} processors are requested, ${cores(free)} are free`);
  return shortages;
}

/** Formats resources, such as `3.3 GiB of memory and 1.2 processors`. */
export function describeResources(resources: Resources): string {
  return `${gibibytes(resources)} of memory and ${cores(resources)} processors`;
}

const gibibytes = ({ memoryBytes }: Resources) => `${(memoryBytes / 2 ** 30).toFixed(1)} GiB`;
const cores = ({ processors }: Resources) => processors.toFixed(2).replace(/\.?0+$/, "");

function containerRequest({ resources }: Container): Resources {
  return toResources(resources?.requests ?? {});
}

function toResources({ cpu, memory }: Readonly<Record<string, string>>): Resources {
  return { processors: parseQuantity(cpu), memoryBytes: parseQuantity(memory) };
}

function total(list: readonly Resources[]): Resources {
  return {
    processors: list.reduce((sum, { processors }) => sum + processors, 0),
    memoryBytes: list.reduce((sum, { memoryBytes }) => sum + memoryBytes, 0),
  };
}
