import { sampleTweets } from "../support/functions/tweets.ts";
import { clusterLoad } from "../support/gateway/local-platform.ts";
import { hasMaven } from "../support/java/maven.ts";
import { listPods } from "../support/kubernetes/evict.ts";
import { hasKubernetes } from "../support/kubernetes/kubernetes.ts";
import {
  awaitAllDocuments,
  awaitNewDocuments,
  differences,
  injectFaults,
  leadingConnector,
  type ProductionPlatform,
  type Strike,
  startProductionPlatform,
} from "../support/kubernetes/production-platform.ts";
import { hasFaasCli } from "../support/openfaas/faas-cli.ts";
import { requireService } from "../support/require-service.ts";

const isAvailable = clusterLoad !== undefined && hasKubernetes() && hasFaasCli() && hasMaven();

const minute = 60_000;

/** A soak test of deploy/overlays/production: tweets flow while pods are killed, then while other faults are injected. */
export interface ProductionSoak {
  /** The number of tweets. They must last until the faults end; the last test sends the rest at once. */
  tweets: number;
  tweetsPerSecond: number;
  /** The killed pods, in words, for the title of a test. */
  killed: string;
  /** Returns the pods to kill, in order. */
  victims(platform: ProductionPlatform): Promise<readonly Victim[]>;
  /** Waits after a kill, before new documents are expected. Without it, they are expected at once. */
  recover?(platform: ProductionPlatform, pod: string): Promise<unknown>;
  /** Declares tests that run between the kills and the comparison of tweets and documents. */
  describeFaults(run: ProductionRun): void;
}

/** A pod to kill. */
export interface Victim {
  description: string;
  /** Returns its name, just before the kill. */
  find(): Promise<string>;
}

/** The running soak, for tests of further faults. */
interface ProductionRun {
  platform(): ProductionPlatform;
  /** Injects faults; after each, it waits until documents are added again. */
  inject(strikes: readonly Strike[]): Promise<void>;
  /** Prints an event with the time since the start and the number of documents. */
  report(event: string): void;
}

/** Declares the tests of a soak. */
export function describeProduction(title: string, soak: ProductionSoak): void {
  requireService(
    "a Kubernetes with a node (KUBECONFIG, CLUSTER_LOAD), Docker, faas-cli and Maven",
    isAvailable,
    () => {
      describe(title, () => {
        const tweets = sampleTweets(soak.tweets);
        const begin = Date.now();
        let platform: ProductionPlatform;
        const inject = (strikes: readonly Strike[]) => injectFaults(platform, strikes, say);
        const report = (event: string) =>
          say(`${event} after ${minutesSince(begin)} min, ${platform.stream.stored()} documents`);

        beforeAll(async () => {
          platform = await startProductionPlatform();
          report("all pods ready");
          platform.stream.start(tweets, soak.tweetsPerSecond);
          await awaitNewDocuments(platform.stream);
        }, 40 * minute);
        afterAll(() => platform?.[Symbol.asyncDispose](), 5 * minute);

        it(`stores documents again after ${soak.killed} was killed`, async () => {
          const victims = await soak.victims(platform);
          await inject(
            victims.map(({ description, find }) => ({
              description: `${description} killed`,
              async strike() {
                const pod = await find();
                await platform.killer.kill(pod);
                await soak.recover?.(platform, pod);
              },
            })),
          );
          report("all pods killed");
        });

        soak.describeFaults({ platform: () => platform, inject, report });

        it("stored each tweet once, and paused for less than a minute", async () => {
          const documents = await awaitAllDocuments(platform, tweets);
          expect(differences(tweets, documents)).toEqual({ lost: [], wrong: [] });
          const gap = platform.stream.longestGap();
          report(`all tweets compared, longest gap ${gap} s,`);
          expect(gap).toBeLessThan(60);
        });
      });
    },
  );
}

/** Returns the leaders: of a partition of the topic `twitter`, of Elasticsearch's nodes, of the connectors. */
export function leaders({ stream }: ProductionPlatform): Victim[] {
  return [
    { description: "leader of a partition", find: () => stream.findLeader(0) },
    { description: "Elasticsearch's master", find: () => stream.master() },
    { description: "leading connector", find: leadingConnector },
  ];
}

/** Returns all current pods of an app. */
export async function everyPod(app: string): Promise<Victim[]> {
  return (await listPods(app)).map((pod) => ({ description: pod, find: async () => pod }));
}

/** Returns the first pod of an app. */
export function firstPod(description: string, app: string): Victim {
  return { description, find: async () => (await listPods(app))[0]! };
}

const say = (line: string) => process.stderr.write(`soak: ${line}\n`);
const minutesSince = (begin: number) => ((Date.now() - begin) / minute).toFixed(1);
