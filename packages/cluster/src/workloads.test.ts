import { deployment, pod } from "./testing/objects.ts";
import { selectPods, workloadState } from "./workloads.ts";

const status = {
  observedGeneration: 1,
  replicas: 1,
  updatedReplicas: 1,
  availableReplicas: 1,
  readyReplicas: 1,
};

it.each([
  ["all pods are available", status, true],
  ["the controller has not seen the change", { ...status, observedGeneration: 0 }, false],
  ["an old pod remains", { ...status, replicas: 2 }, false],
  ["no pod is updated", { ...status, updatedReplicas: 0 }, false],
  ["no pod is available", { ...status, availableReplicas: 0 }, false],
  ["the status is missing", {}, false],
])("reads a Deployment: %s", (_, values, isReady) => {
  expect(workloadState(deployment("gateway", { status: values })).isReady).toBe(isReady);
});

it("is ready at zero replicas", () => {
  const idle = deployment("gateway");
  const scaled = { ...idle, spec: { ...idle.spec, replicas: 0 }, status: { observedGeneration: 1 } };
  expect(workloadState(scaled)).toMatchObject({ ready: 0, wanted: 0, isReady: true });
});

it("reads a Job by its conditions", () => {
  const job = (type: string, message?: string) =>
    deployment("topics", {
      kind: "Job",
      status: { conditions: [{ type, status: "True", ...(message === undefined ? {} : { message }) }] },
    });
  expect(workloadState(job("Complete"))).toMatchObject({ name: "job/topics", isReady: true });
  expect(workloadState(job("Failed", "too many retries"))).toMatchObject({
    isReady: false,
    failure: "too many retries",
  });
});

it("finds the pods of a workload by its selector, without terminating ones", () => {
  const ending = pod("gateway", {});
  ending.metadata.deletionTimestamp = "2026-01-01T00:00:00Z";
  const elsewhere = pod("gateway", {});
  elsewhere.metadata.namespace = "other";
  const own = pod("gateway", {});
  expect(selectPods(deployment("gateway"), [own, pod("kafka", {}), ending, elsewhere])).toEqual([own]);
});
