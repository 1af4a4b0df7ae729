// deploy/overlays/production on a one-node cluster: while tweets flow, each pod of their path is killed, then every workload is
// restarted, then every pod is evicted.
import { sampleTweets } from "../support/functions/tweets.ts";
import { clusterLoad } from "../support/gateway/local-platform.ts";
import { hasMaven } from "../support/java/maven.ts";
import { inData } from "../support/kubernetes/data-namespace.ts";
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
  type Strike,
  startProductionPlatform,
  workloads,
} from "../support/kubernetes/production-platform.ts";
import { requireService } from "../support/require-service.ts";
import { succeeds, waitFor } from "../support/wait-for.ts";

const isAvailable = clusterLoad !== undefined && hasKubernetes() && hasMaven();

const minute = 60_000;
jest.setTimeout(25 * minute);

const say = (line: string) => process.stderr.write(`soak: ${line}\n`);

requireService("a Kubernetes with a node (KUBECONFIG, CLUSTER_LOAD), Docker and Maven", isAvailable, () => {
  describe("deploy/overlays/production while each part fails once", () => {
    const tweets = sampleTweets(20_000);
    const begin = Date.now();
    let platform: ProductionPlatform;
    beforeAll(async () => {
      platform = await startProductionPlatform();
      say(`all pods ready after ${minutesSince(begin)}`);
      platform.stream.start(tweets, 12);
      await awaitNewDocuments(platform.stream);
    }, 20 * minute);
    afterAll(() => platform?.[Symbol.asyncDispose](), 5 * minute);

    it("stores documents again after any pod was killed", async () => {
      const { killer, stream } = platform;
      const createStrike = (description: string, find: () => Promise<string>): Strike => ({
        description: `${description} killed`,
        async strike() {
          const pod = await find();
          await killer.kill(pod);
          await inData("wait", "--for=condition=Ready", `pod/${pod}`, "--timeout=230s");
          await allCopies();
        },
      });
      const each = async (app: string) =>
        (await listPods(app)).map((pod) => createStrike(pod, async () => pod));
      await injectFaults(
        platform,
        [
          ...(await each("kafka")),
          ...(await each("elasticsearch")),
          createStrike("leader of a partition", () => stream.findLeader(0)),
          createStrike("Elasticsearch's master", () => stream.master()),
          createStrike("leading connector", leadingConnector),
          ...(await each("kafka-connector")),
          ...(await each("tweet-enrich")),
          ...(await each("gateway")),
        ],
        say,
      );
      say(`all pods killed after ${minutesSince(begin)}, ${stream.stored()} documents`);
    });

    it("stores documents while every workload is restarted", async () => {
      await injectFaults(
        platform,
        workloads.map((workload) => ({
          description: `${workload} restarted`,
          async strike() {
            await inData("rollout", "restart", workload);
            await waitFor(workload, () => succeeds(awaitWorkload(workload)), 8 * minute);
            await allCopies();
          },
        })),
        say,
      );
      say(`all workloads restarted after ${minutesSince(begin)}, ${platform.stream.stored()} documents`);
    });

    it("stores documents while all pods are evicted, as by a drain of their node", async () => {
      let refusals = 0;
      await injectFaults(
        platform,
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
            await allCopies();
          },
        })),
        say,
      );
      say(`all pods evicted after ${minutesSince(begin)}, ${refusals} evictions refused meanwhile`);
      expect(refusals).toBeGreaterThan(0);
    });

    it("stored each tweet once, and paused for less than a minute", async () => {
      const documents = await awaitAllDocuments(platform, tweets);
      expect(differences(tweets, documents)).toEqual({ lost: [], wrong: [] });
      const gap = platform.stream.longestGap();
      say(`${documents.length} documents after ${minutesSince(begin)}, longest gap ${gap} s`);
      expect(gap).toBeLessThan(60);
    });

    const allCopies = () => waitFor("all copies of all shards", () => platform.stream.isGreen(), 4 * minute);
  });
});

const minutesSince = (begin: number) => `${((Date.now() - begin) / 60_000).toFixed(1)} min`;
