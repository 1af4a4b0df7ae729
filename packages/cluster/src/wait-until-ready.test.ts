import { createKubectl } from "./kubectl.ts";
import type { Workload } from "./kubernetes-objects.ts";
import { createFakeRunner } from "./testing/fake-runner.ts";
import { deployment, pod } from "./testing/objects.ts";
import { waitUntilReady } from "./wait-until-ready.ts";

/** Waits for objects in a fake cluster that answers with each list in turn. */
async function waitFor(
  objects: readonly Workload[],
  answers: readonly (readonly object[])[],
  timeoutMs = 60_000,
) {
  const rest = [...answers];
  const { runner } = createFakeRunner((line) => {
    if (line.includes("get events")) return { stdout: '{"items":[]}' };
    const items = rest.length > 1 ? rest.shift() : rest[0];
    return { stdout: JSON.stringify({ items }) };
  });
  const lines: string[] = [];
  const { signal } = new AbortController();
  const context = {
    kubectl: createKubectl(runner, []),
    say: (line: string) => void lines.push(line),
    signal,
    timeoutMs,
    pollMs: 1,
  };
  const error = await waitUntilReady(context, objects).then(
    () => undefined,
    ({ message }: Error) => message,
  );
  return { lines, error };
}

const gateway = deployment("gateway");
const starting = { ...gateway, status: {} };
const foreign = deployment("other", { status: {} });

it("prints its progress until all workloads of the overlay are ready", async () => {
  const { lines, error } = await waitFor(
    [gateway],
    [
      [starting, foreign],
      [gateway, foreign],
    ],
  );
  expect(error).toBeUndefined();
  expect(lines).toEqual(["   0 s  0 of 1 ready; waiting for gateway", "   0 s  1 of 1 ready"]);
});

it("lists the reasons after the time limit", async () => {
  const missing = pod("gateway", { state: { waiting: { reason: "ErrImagePull", message: "not found" } } });
  const { error } = await waitFor([gateway], [[starting, missing]], 1);
  expect(error).toMatch(
    /^Not everything is ready after \d+ s:\n {2}deployment\/gateway 0\/1: gateway-1: the image /,
  );
});

it("stops at once when a Job fails", async () => {
  const job = deployment("topics", {
    kind: "Job",
    status: {
      conditions: [
        { type: "Failed", status: "True", message: "Job has reached the specified backoff limit" },
      ],
    },
  });
  const { error } = await waitFor([gateway, job], [[gateway, job]]);
  expect(error).toMatch(/^A job has failed:\n {2}job\/topics 0\/1: Job has reached/);
});
