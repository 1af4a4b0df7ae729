import type { Node, Pod, Workload } from "./kubernetes-objects.ts";
import { computeFreeResources, listShortages, parseQuantity, podRequest, sumRequests } from "./resources.ts";
import { deployment } from "./testing/objects.ts";

it.each([
  ["100m", 0.1],
  ["2", 2],
  ["1.5", 1.5],
  ["1Gi", 1_073_741_824],
  ["512Mi", 536_870_912],
  ["3k", 3_000],
  ["1e3", 1_000],
  ["", 0],
  ["much", 0],
])("reads the quantity %j", (text, expected) => {
  expect(parseQuantity(text)).toBeCloseTo(expected, 9);
});

const container = (name: string, cpu: string, memory: string, restartPolicy?: string) => ({
  ...{ name, image: name, resources: { requests: { cpu, memory } } },
  ...(restartPolicy === undefined ? {} : { restartPolicy }),
});

const kafka: Workload = deployment("kafka", {
  kind: "StatefulSet",
  spec: {
    replicas: 3,
    template: {
      spec: {
        initContainers: [container("init", "2", "64Mi"), container("sidecar", "100m", "100Mi", "Always")],
        containers: [container("kafka", "500m", "1Gi"), container("exporter", "100m", "24Mi")],
      },
    },
  },
});

it("takes the larger of a pod's containers in total and its init containers; sidecars count throughout", () => {
  expect(podRequest(kafka.spec.template.spec)).toEqual({ processors: 2, memoryBytes: 1_148 * 2 ** 20 });
});

it("sums the replicas of Deployments and StatefulSets, without Jobs", () => {
  const job = { ...kafka, kind: "Job" };
  const { processors, memoryBytes } = sumRequests([kafka, job, deployment("idle")]);
  expect([processors, memoryBytes / 2 ** 20]).toEqual([6, 3 * 1_148]);
});

it("subtracts the requests of other namespaces from the nodes' capacity", () => {
  const node = (unschedulable?: boolean): Node => ({
    kind: "Node",
    metadata: { name: "node" },
    spec: unschedulable === undefined ? {} : { unschedulable },
    status: { allocatable: { cpu: "2", memory: "4Gi" } },
  });
  const pod = (namespace: string, phase: string): Pod => ({
    kind: "Pod",
    metadata: { name: "pod", namespace },
    spec: { containers: [container("main", "500m", "1Gi")] },
    status: { phase },
  });
  const pods = [pod("kube-system", "Running"), pod("data", "Running"), pod("default", "Succeeded")];
  expect(computeFreeResources([node(), node(true)], pods, ["data"])).toEqual({
    processors: 1.5,
    memoryBytes: 3 * 2 ** 30,
  });
});

it("describes each shortage", () => {
  const requested = { processors: 1.25, memoryBytes: 5 * 2 ** 30 };
  expect(listShortages(requested, { processors: 1.25, memoryBytes: 5 * 2 ** 30 })).toEqual([]);
  expect(listShortages(requested, { processors: 1, memoryBytes: 4 * 2 ** 30 })).toEqual([
    "5.0 GiB of memory are requested, 4.0 GiB are free",
    "1.25 processors are requested, 1 are free",
  ]);
});
