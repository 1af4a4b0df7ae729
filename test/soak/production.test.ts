// deploy/overlays/production on a one-node cluster: while tweets flow, each pod of their path is killed, then every workload is
// restarted, then every pod is evicted.
import { inData } from "../support/kubernetes/data-namespace.ts";
import { evict, listPods } from "../support/kubernetes/evict.ts";
import {
  awaitWorkload,
  type ProductionPlatform,
  workloads,
} from "../support/kubernetes/production-platform.ts";
import { succeeds, waitFor } from "../support/wait-for.ts";
import { describeProduction, everyPod, leaders } from "./production-soak.ts";

const minute = 60_000;
jest.setTimeout(25 * minute);

describeProduction("deploy/overlays/production while each part fails once", {
  tweets: 20_000,
  tweetsPerSecond: 5, // they last for 67 minutes
  killed: "any pod",
  async victims(platform) {
    return [
      ...(await everyPod("kafka")),
      ...(await everyPod("elasticsearch")),
      ...leaders(platform),
      ...(await everyPod("kafka-connector")),
      ...(await everyPod("tweet-enrich")),
      ...(await everyPod("gateway")),
    ];
  },
  async recover(platform, pod) {
    await inData("wait", "--for=condition=Ready", `pod/${pod}`, "--timeout=230s");
    await allCopies(platform);
  },
  describeFaults({ platform, inject, report }) {
    it("stores documents while every workload is restarted", async () => {
      await inject(
        workloads.map((workload) => ({
          description: `${workload} restarted`,
          async strike() {
            await inData("rollout", "restart", workload);
            await waitFor(workload, () => succeeds(awaitWorkload(workload)), 8 * minute);
            await allCopies(platform());
          },
        })),
      );
      report("all workloads restarted");
    });

    it("stores documents while all pods are evicted, as by a drain of their node", async () => {
      let refusals = 0;
      await inject(
        workloads.map((workload) => ({
          description: `pods of ${workload} evicted`,
          async strike() {
            for (const pod of await listPods(workload.split("/")[1]!))
              await waitFor(
                `eviction of ${pod}`,
                async () => {
                  const outcome = await evict(pod);
                  if (outcome === "refused") refusals += 1;
                  return outcome === "evicted";
                },
                4 * minute,
              );
            await awaitWorkload(workload);
            await allCopies(platform());
          },
        })),
      );
      report(`all pods evicted, ${refusals} evictions refused meanwhile,`);
      expect(refusals).toBeGreaterThan(0);
    });
  },
});

const allCopies = ({ stream }: ProductionPlatform) =>
  waitFor("all copies of all shards", () => stream.isGreen(), 4 * minute);
