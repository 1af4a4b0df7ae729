// deploy/overlays/production on a one-node cluster: while tweets flow, one pod of each kind is killed, then evicted.
import { evict, listPods } from "../support/kubernetes/evict.ts";
import { awaitNewDocuments, awaitWorkload, workloads } from "../support/kubernetes/production-platform.ts";
import { describeProduction, firstPod, leaders } from "./production-soak.ts";

const minute = 60_000;
jest.setTimeout(5 * minute);

describeProduction("deploy/overlays/production with three brokers and three Elasticsearch nodes", {
  tweets: 2_000,
  tweetsPerSecond: 3, // they last for 11 minutes
  killed: "one pod of each kind",
  async victims(platform) {
    return [...leaders(platform), firstPod("function", "tweet-enrich"), firstPod("gateway", "gateway")];
  },
  describeFaults({ platform }) {
    it("refuses to evict a second pod of a kind before the first is ready again", async () => {
      for (const workload of workloads) await awaitWorkload(workload);
      for (const app of ["kafka", "elasticsearch", "kafka-connector", "gateway", "tweet-enrich"]) {
        const [first, second] = await listPods(app);
        expect([app, await evict(first!), await evict(second!)]).toEqual([app, "evicted", "refused"]);
      }
      await awaitNewDocuments(platform().stream);
    });
  },
});
