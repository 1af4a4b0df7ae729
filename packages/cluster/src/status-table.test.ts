import { statusTable } from "./status-table.ts";
import { deployment, pod } from "./testing/objects.ts";

const gateway = deployment("gateway");
const kafka = deployment("kafka", { kind: "StatefulSet", status: {} });
const foreign = deployment("dns", {
  metadata: { name: "dns", namespace: "kube-system", labels: { app: "dns" } },
});

it("lists the workloads of the platform's namespaces, and the reasons of those that are not ready", () => {
  const pods = [
    pod("gateway", { ready: true, restartCount: 2, state: { running: {} } }),
    pod("kafka", { state: { waiting: { reason: "ContainerCreating" } } }),
  ];
  const warnings = [
    {
      ...{ kind: "Event", metadata: { name: "event" }, involvedObject: { kind: "Pod", name: "kafka-1" } },
      message: 'MountVolume.SetUp failed: secret "kafka" not found',
    },
  ];
  expect(statusTable({ workloads: [gateway, kafka, foreign], pods, warnings })).toEqual({
    lines: [
      "NAMESPACE  WORKLOAD            PODS  STATE      RESTARTS  IMAGES",
      "data       deployment/gateway  1/1   ready      2         example/gateway:1",
      "data       statefulset/kafka   0/1   not ready  0         example/kafka:1",
      "",
      "Not ready:",
      '  statefulset/kafka: kafka-1: MountVolume.SetUp failed: secret "kafka" not found',
    ],
    isReady: false,
  });
});

it("leaves out completed Jobs", () => {
  const job = deployment("topics", {
    kind: "Job",
    status: { conditions: [{ type: "Complete", status: "True" }] },
  });
  const { lines, isReady } = statusTable({ workloads: [gateway, job], pods: [], warnings: [] });
  expect([lines.length, isReady]).toEqual([2, true]);
});

it("prints a reason once for several pods", () => {
  const second = pod("kafka", { state: { running: {} } });
  second.metadata.name = "kafka-2";
  const pods = [pod("kafka", { state: { running: {} } }), second];
  const { lines } = statusTable({ workloads: [kafka], pods, warnings: [] });
  expect(lines.at(-1)).toBe("  statefulset/kafka: kafka-1, kafka-2: running, not ready yet: kafka");
});

it("prints the reason why a workload has no pod", () => {
  const refused = deployment("kafka", {
    status: { conditions: [{ type: "ReplicaFailure", status: "True", message: "exceeded quota: data" }] },
  });
  const { lines } = statusTable({ workloads: [refused], pods: [], warnings: [] });
  expect(lines.at(-1)).toBe("  deployment/kafka: exceeded quota: data");
});
