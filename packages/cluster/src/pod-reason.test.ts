import { podReason } from "./pod-reason.ts";
import { pod } from "./testing/objects.ts";

const waiting = (reason: string, message?: string) => ({
  state: { waiting: { reason, ...(message === undefined ? {} : { message }) } },
});

it.each([
  ["a ready container", pod("kafka", { ready: true, state: { running: {} } }), undefined],
  [
    "a container whose probe fails",
    pod("kafka", { state: { running: {} } }),
    "running, not ready yet: kafka",
  ],
  ["a container that starts", pod("kafka", waiting("ContainerCreating")), "its containers are starting"],
  [
    "a missing image",
    pod("kafka", waiting("ImagePullBackOff", 'Back-off pulling image "example/kafka:1"')),
    'the image example/kafka:1 cannot be pulled: Back-off pulling image "example/kafka:1"',
  ],
  [
    "a missing secret",
    pod("kafka", waiting("CreateContainerConfigError", 'secret "kafka" not found')),
    'the container kafka cannot be created: secret "kafka" not found',
  ],
  [
    "a crash loop",
    pod("kafka", {
      ...waiting("CrashLoopBackOff"),
      lastState: { terminated: { exitCode: 1, reason: "Error" } },
    }),
    "the container kafka exited with code 1 (kubectl logs kafka-1 -c kafka --previous)",
  ],
  [
    "too little memory",
    pod("kafka", { state: { terminated: { exitCode: 137, reason: "OOMKilled" } } }),
    "the container kafka exited with code 137, out of memory (kubectl logs kafka-1 -c kafka --previous)",
  ],
  [
    "a node without room",
    pod(
      "kafka",
      {},
      {
        phase: "Pending",
        conditions: [
          { type: "PodScheduled", status: "False", message: "0/1 nodes are available: 1 Insufficient cpu." },
        ],
      },
    ),
    "no node can run it: 0/1 nodes are available: 1 Insufficient cpu.",
  ],
  [
    "a running init container",
    pod("kafka", waiting("PodInitializing"), {
      phase: "Pending",
      conditions: [{ type: "PodScheduled", status: "True" }],
      initContainerStatuses: [
        { name: "prepare", image: "i", ready: false, restartCount: 0, state: { running: {} } },
      ],
      containerStatuses: [
        { name: "kafka", image: "i", ready: false, restartCount: 0, ...waiting("PodInitializing") },
      ],
    }),
    "the init container prepare is running",
  ],
  ["a pod without a node", { ...pod("kafka", {}), status: { phase: "Pending" } }, "not scheduled yet"],
  ["a pod without any status", { ...pod("kafka", {}), status: {} }, "its containers are starting"],
])("%s", (_, subject, expected) => {
  expect(podReason(subject)).toBe(expected);
});
