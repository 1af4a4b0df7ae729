import { type StartedProgram, startProgram, waitForProgram } from "../process/program.ts";
import { succeeds, waitFor } from "../wait-for.ts";
import { kubectl } from "./kubernetes.ts";

/** Runs kubectl in the platform's namespace. */
export const inData = (...args: string[]) => kubectl(["-n", "data", ...args]);

/** Waits until all pods of a workload, as in `statefulset/kafka`, are ready. */
export const awaitRollout = (name: string) => inData("rollout", "status", name, "--timeout=200s");

/** Waits until all Deployments are available. One call of kubectl may take at most 4 minutes, so it is repeated. */
export const awaitDeployments = (timeoutMs: number) =>
  waitFor("all Deployments", () => succeeds(inData(...untilAvailable)), timeoutMs);

const untilAvailable = ["wait", "--for=condition=Available", "deployment", "--all", "--timeout=200s"];

export const podIp = (pod: string) => inData("get", "pod", pod, "-o", "jsonpath={.status.podIP}");

const podUid = (pod: string) =>
  inData("get", "pod", pod, "--ignore-not-found", "-o", "jsonpath={.metadata.uid}");

/** Kills a pod as if its node had been switched off, and waits for its replacement. */
export async function replacePod(pod: string): Promise<void> {
  const before = await podUid(pod);
  await inData("delete", "pod", pod, "--grace-period=0", "--force");
  await waitFor(`another ${pod}`, async () => !["", before].includes(await podUid(pod)), 60_000);
  await inData("wait", "--for=condition=Ready", `pod/${pod}`, "--timeout=180s");
}

/** Returns the pods with a container that was restarted. */
export async function restartedPods(): Promise<string[]> {
  const { items } = JSON.parse(await inData("get", "pod", "-o", "json")) as { items: PodStatus[] };
  return items
    .filter(({ status }) => status.containerStatuses?.some(({ restartCount }) => restartCount > 0))
    .map(({ metadata }) => metadata.name);
}

interface PodStatus {
  metadata: { name: string };
  status: { containerStatuses?: { restartCount: number }[] };
}

/** Starts `kubectl port-forward` on a free port, otherwise as a user would type it. */
export async function forward(
  target: string,
  port: number,
  namespace = "data",
): Promise<StartedProgram & { url: string; port: number }> {
  const program = startProgram({
    command: ["kubectl", "port-forward", target, `:${port}`, "-n", namespace],
    env: process.env,
  });
  const readPort = () => /127\.0\.0\.1:(\d+) ->/.exec(program.output())?.[1];
  const local = await waitForProgram("port-forward", program, readPort);
  return { ...program, url: `http://127.0.0.1:${local}`, port: Number(local) };
}
