import { awaitRollout, inData } from "../support/kubernetes/data-namespace.ts";
import { clusterNodes, queuedFlowFiles, runNifiCommand } from "../support/kubernetes/nifi-nodes.ts";
import { awaitDocuments } from "../support/kubernetes/platform-tweets.ts";
import { startTweetPoster } from "../support/kubernetes/tweet-poster.ts";
import { succeeds, waitFor } from "../support/wait-for.ts";
import { awaitNodes } from "./nifi-on-platform.ts";

const minute = 60_000;
const say = (line: string) => process.stderr.write(`soak: ${line}\n`);
const scale = (replicas: number) => inData("scale", "statefulset/nifi", `--replicas=${replicas}`);
const ids = Array.from({ length: 500 }, (_, index) => `8${String(index).padStart(4, "0")}`);

/** Declares tests on a platform with NiFi. The gateway is off, so that tweets queue up. */
export function describeScaling(secrets: () => string): void {
  it(
    "hands over a node's queues before the node ends, and keeps them at a restart",
    async () => {
      await runNifiCommand(secrets(), ["deploy", "tweet-enrich"]);
      await scale(2);
      await awaitRollout("statefulset/nifi");
      await awaitNodes(2);
      await inData("scale", "deployment/gateway", "--replicas=0");
      {
        await using poster = await startTweetPoster("http://nifi-listen.data:9981/tweets", ids, 20);
        await poster.accepted(ids.length, 3 * minute);
      }
      const nodes = await clusterNodes("nifi-0");
      say(`queued: ${nodes.map(({ address, queued }) => `${address} ${queued}`).join("; ")}`);
      expect(nodes.filter(({ queued }) => queued.startsWith("0 "))).toEqual([]);

      await timed("nifi-1 has gone", async () => {
        await scale(1);
        // The handover may take five minutes, a call of kubectl at most four.
        const wait = () => inData("wait", "--for=delete", "pod/nifi-1", "--timeout=200s");
        await waitFor("the end of nifi-1", () => succeeds(wait()), 7 * minute);
      });
      const [only] = await awaitNodes(1);
      say(`queued: ${only!.address} ${only!.queued}`);

      const restart = await timed("one node has restarted", async () => {
        await inData("rollout", "restart", "statefulset/nifi");
        await awaitRollout("statefulset/nifi");
        await awaitNodes(1);
      });
      expect(restart).toBeLessThan(4 * minute); // without a handover and without waiting for the other node's vote
      expect(await queuedFlowFiles("nifi-0")).toBeGreaterThan(0);

      await inData("scale", "deployment/gateway", "--replicas=1");
      await awaitRollout("deployment/gateway");
      await awaitDocuments(ids);
      await waitFor("empty queues", async () => (await queuedFlowFiles("nifi-0")) === 0, 2 * minute);
    },
    20 * minute,
  );
}

/** Returns the duration of an action in milliseconds. */
async function timed(description: string, work: () => Promise<void>): Promise<number> {
  const begin = Date.now();
  await work();
  const milliseconds = Date.now() - begin;
  say(`${description}: ${(milliseconds / 1_000).toFixed(1)} s`);
  return milliseconds;
}
