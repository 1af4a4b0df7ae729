// needs: java openfaas kubernetes
import { sampleTweets } from "../support/functions/tweets.ts";
import { clusterLoad } from "../support/gateway/local-platform.ts";
import { hasMaven } from "../support/java/maven.ts";
import { evict, listPods } from "../support/kubernetes/evict.ts";
import { hasKubernetes } from "../support/kubernetes/kubernetes.ts";
import {
  awaitAllDocuments,
  awaitNewDocuments,
  awaitWorkload,
  differences,
  injectFaults,
  leadingConnector,
  type ProductionPlatform,
  startProductionPlatform,
  workloads,
} from "../support/kubernetes/production-platform.ts";
import { requireService } from "../support/require-service.ts";

const isAvailable = clusterLoad !== undefined && hasKubernetes() && hasMaven();

const minute = 60_000;
jest.setTimeout(5 * minute);

const say = (line: string) => process.stderr.write(`production: ${line}\n`);

requireService("a Kubernetes with a node (KUBECONFIG, CLUSTER_LOAD), Docker and Maven", isAvailable, () => {
  describe("deploy/overlays/production with three brokers and three Elasticsearch nodes", () => {
    const tweets = sampleTweets(2_000);
    let platform: ProductionPlatform;
    beforeAll(async () => {
      const begin = Date.now();
      platform = await startProductionPlatform();
      say(`all pods ready after ${Math.round((Date.now() - begin) / 1_000)} s`);
      platform.stream.start(tweets, 5);
      await awaitNewDocuments(platform.stream);
    }, 20 * minute);
    afterAll(() => platform?.[Symbol.asyncDispose](), 5 * minute);

    it("stores documents again after one pod of each kind was killed", async () => {
      const { killer, stream } = platform;
      const kill = async (pod: string) => killer.kill(pod);
      const first = async (app: string) => (await listPods(app))[0]!;
      await injectFaults(
        platform,
        [
          { description: "leader of a partition", strike: async () => kill(await stream.findLeader(0)) },
          { description: "Elasticsearch's master", strike: async () => kill(await stream.master()) },
          { description: "leading connector", strike: async () => kill(await leadingConnector()) },
          { description: "function", strike: async () => kill(await first("tweet-enrich")) },
          { description: "gateway", strike: async () => kill(await first("gateway")) },
        ],
        say,
      );
    });

    it("refuses to evict a second pod of a kind before the first is ready again", async () => {
      for (const workload of workloads) await awaitWorkload(workload);
      for (const app of ["kafka", "elasticsearch", "kafka-connector", "gateway", "tweet-enrich"]) {
        const [first, second] = await listPods(app);
        expect([app, await evict(first!), await evict(second!)]).toEqual([app, "evicted", "refused"]);
      }
      await awaitNewDocuments(platform.stream);
    });

    it("stored each tweet once, and paused for less than a minute", async () => {
      const documents = await awaitAllDocuments(platform, tweets);
      expect(differences(tweets, documents)).toEqual({ lost: [], wrong: [] });
      const gap = platform.stream.longestGap();
      say(`${documents.length} documents, longest gap ${gap} s`);
      expect(gap).toBeLessThan(60);
    });
  });
});
