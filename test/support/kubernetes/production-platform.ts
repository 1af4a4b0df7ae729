import { setTimeout as pause } from "node:timers/promises";
import type { SampleTweet } from "../functions/tweets.ts";
import { startLocalPlatform } from "../gateway/local-platform.ts";
import { run } from "../process/command.ts";
import { createDisposables } from "../process/disposables.ts";
import { succeeds, waitFor } from "../wait-for.ts";
import { type ContainerKiller, startContainerKiller } from "./container-killer.ts";
import { inData } from "./data-namespace.ts";
import { listPods } from "./evict.ts";
import { type StoredTweet, startTweetStream, type TweetStream } from "./tweet-stream.ts";

/** deploy/overlays/production on a cluster, without the parts that no tweet passes. */
export interface ProductionPlatform extends AsyncDisposable {
  stream: TweetStream;
  killer: ContainerKiller;
}

/** The kinds of workloads that a tweet passes. */
export const workloads = [
  "statefulset/kafka",
  "statefulset/elasticsearch",
  "deployment/kafka-connector",
  "deployment/gateway",
  "deployment/tweet-enrich",
] as const;

const without = [
  ...[
    "nifi",
    "nifi-listen",
    "faas",
    "elasticsearch-exporter",
    "sentiment",
    "sentimentanalysis",
    "last-block",
  ],
  ...["eth-bootnode", "eth-bootnode-registrar", "eth-ethstats", "eth-geth-miner", "eth-geth-tx"],
];
/** Two processors run all parts, so CPU requests are lowered; nothing else is changed. */
const cpuRequest = 150;

/** Starts it with the pods that kill containers and send tweets. Resolves when every pod is ready. */
export async function startProductionPlatform(): Promise<ProductionPlatform> {
  const { use, dispose } = createDisposables();
  try {
    // Clusters give CoreDNS this request. Without a request, it would get CPU time after all others.
    await run("kubectl", [
      ...["-n", "kube-system", "set", "resources", "deployment", "coredns", "--requests=cpu=100m"],
    ]);
    const { secrets } = use(await startLocalPlatform({ without, overlay: "production", cpuRequest }));
    for (const workload of workloads) await awaitWorkload(workload);
    for (const job of ["kafka-topics", "elasticsearch-templates"])
      await inData("wait", "--for=condition=Complete", `job/${job}`, "--timeout=3m");
    const killer = use(await startContainerKiller());
    const stream = use(await startTweetStream(secrets));
    return { stream, killer, [Symbol.asyncDispose]: dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** Waits until all pods of a workload are of its newest revision and ready. */
export const awaitWorkload = (workload: string) => inData("rollout", "status", workload, "--timeout=230s");

/** Returns the connector that leads the group of tweet-enrich, according to its log. */
export async function leadingConnector(): Promise<string> {
  for (const pod of await listPods("kafka-connector")) {
    const lines = (await inData("logs", pod)).split("\n").filter((line) => line.includes("group_joined"));
    if (/"leader":\s*true/.test(lines.at(-1) ?? "")) return pod;
  }
  throw new Error("no connector leads the group");
}

/** A fault of the platform. */
export interface Strike {
  description: string;
  strike(): Promise<unknown>;
}

/** Injects faults while tweets flow. After each fault, it waits until documents are added again. */
export async function injectFaults(
  { stream }: ProductionPlatform,
  strikes: readonly Strike[],
  say: (line: string) => void,
): Promise<void> {
  for (const { description, strike } of strikes) {
    const begin = Date.now();
    const since = stream.time();
    await strike();
    const struck = Date.now();
    await awaitNewDocuments(stream);
    const [whole, after] = [struck - begin, Date.now() - struck].map((time) => (time / 1_000).toFixed(1));
    say(
      `${description}: ${whole} s, documents again ${after} s later, longest gap ${stream.longestGap(since)} s`,
    );
  }
}

/** Waits until documents are added. */
export async function awaitNewDocuments(stream: TweetStream): Promise<void> {
  const before = stream.stored();
  await waitFor("more documents", () => stream.stored() > before, 120_000);
}

/** Sends the remaining tweets. Resolves with all documents when none is missing, or when none was added for two minutes. */
export async function awaitAllDocuments(
  { stream }: ProductionPlatform,
  tweets: readonly SampleTweet[],
): Promise<StoredTweet[]> {
  await stream.finish();
  let isGrowing = true;
  while (isGrowing && stream.stored() < tweets.length) isGrowing = await succeeds(awaitNewDocuments(stream));
  await pause(2_000); // time for a tweet that would be stored twice
  return stream.documents();
}

/** Returns differences between tweets and documents: missing ones, duplicates, and wrong indexes or contents. */
export function differences(tweets: readonly SampleTweet[], documents: readonly StoredTweet[]) {
  const expected = new Map(tweets.map((tweet) => [tweet.id, tweet]));
  const wrong = documents.filter(({ _id, _index, _version, _source }) => {
    const tweet = expected.get(_id);
    expected.delete(_id);
    return tweet?.index !== _index || _version !== 1 || Math.abs(tweet.polarity - _source.polarity) > 1e-6;
  });
  return { lost: [...expected.keys()], wrong };
}
