import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import type { SampleTweet } from "../functions/tweets.ts";
import { run } from "../process/command.ts";
import { type StartedProgram, startProgram } from "../process/program.ts";
import { waitFor } from "../wait-for.ts";
import { inData } from "./data-namespace.ts";
import { applyObjects } from "./kubernetes.ts";
import { streamClient } from "./stream-client.ts";

/** A document as the index has it. */
export interface StoredTweet {
  _id: string;
  _index: string;
  /** 1 unless the document was written again. */
  _version: number;
  _source: { polarity: number };
}

/** A stream of tweets from Kafka to Elasticsearch, sent and counted by a pod in the cluster. */
export interface TweetStream extends AsyncDisposable {
  /** Sends tweets at a steady rate to the topic `twitter`, acknowledged by all in-sync replicas. */
  start(tweets: readonly SampleTweet[], perSecond: number): void;
  /** Sends the remaining tweets at once. Resolves when Kafka has acknowledged all. */
  finish(): Promise<void>;
  /** The number of documents in Elasticsearch at the last count. */
  stored(): number;
  /** The time of the last count, by the cluster's clock, in milliseconds since 1970; 0 before the first. */
  time(): number;
  /** The longest time without a new document, in seconds, after a given time, between the first document and the last one. */
  longestGap(since?: number): number;
  /** All documents. */
  documents(): Promise<StoredTweet[]>;
  /** The pod of the broker that leads a partition of the topic `twitter`. */
  findLeader(partition: number): Promise<string>;
  /** The pod that is Elasticsearch's master. */
  master(): Promise<string>;
  /** Whether every copy of every shard is allocated. */
  isGreen(): Promise<boolean>;
}

/** Starts the pod with the secrets of `npm run secrets`. Resolves when it counts documents. */
export async function startTweetStream(secrets: string): Promise<TweetStream> {
  await applyObjects(await streamClient(secrets));
  await inData("wait", "--for=condition=Ready", "pod/tweets", "--timeout=60s");
  const counter = startProgram({
    command: ["kubectl", "-n", "data", "logs", "--follow", "tweets", "--container=counter"],
    env: process.env,
  });
  let sender: Sender | undefined;
  const ask = (path: string, ...args: string[]) =>
    inData("exec", "tweets", "--container=counter", "--", "sh", "/scripts/ask.sh", path, ...args);
  const askJson = async (path: string, ...args: string[]) => JSON.parse(await ask(path, ...args));
  return {
    start(tweets, perSecond) {
      sender = startSender(tweets, perSecond);
    },
    finish: () => sender!.finish(),
    stored: () => Math.max(0, ...parseCounts(counter).map(({ count }) => count)),
    time: () => parseCounts(counter).at(-1)?.time ?? 0,
    longestGap: (since = 0) => longestGap(parseCounts(counter), since),
    async documents() {
      const filter = "filter_path=_scroll_id,hits.hits";
      const all: StoredTweet[] = [];
      let page = await askJson(
        `sentiment-*/_search?scroll=1m&size=5000&version=true&_source=polarity&${filter}`,
      );
      while (page.hits?.hits.length > 0) {
        all.push(...page.hits.hits);
        const next = JSON.stringify({ scroll: "1m", scroll_id: page._scroll_id });
        page = await askJson(`_search/scroll?${filter}`, next);
      }
      return all;
    },
    async findLeader(partition) {
      const describe =
        'KAFKA_HEAP_OPTS=-Xmx128m KAFKA_OPTS=-XX:TieredStopAtLevel=1 kafka-topics.sh --bootstrap-server localhost:9092 --command-config "$CLIENT_CONFIG" --describe --topic twitter';
      const leader = await waitFor(
        `the leader of partition ${partition}`,
        async () => {
          const { stdout } = await run("kubectl", [
            "-n",
            "data",
            "exec",
            "kafka-0",
            "--",
            "sh",
            "-c",
            describe,
          ]);
          return new RegExp(`Partition: ${partition}\\s+Leader: (\\d+)`).exec(stdout)?.[1];
        },
        120_000, // a busy broker may not answer in time
      );
      return toPodName(Number(leader));
    },
    master: async () => (await ask("_cat/master?h=node")).trim(),
    isGreen: async () => (await askJson("_cluster/health").catch(() => ({}))).status === "green",
    async [Symbol.asyncDispose]() {
      sender?.stop();
      await counter[Symbol.asyncDispose]();
      await inData("delete", "pod/tweets", "configmap/tweets", "secret/tweets", "--ignore-not-found");
    },
  };
}

/** Brokers are numbered from 1, their pods from 0. */
const toPodName = (id: number) => `kafka-${id - 1}`;

interface Count {
  /** Milliseconds since 1970, by the cluster's clock. */
  time: number;
  count: number;
}

function parseCounts(counter: StartedProgram): Count[] {
  return [...counter.output().matchAll(/^(\d+) (\d+)$/gm)].map(([, seconds, count]) => ({
    time: Number(seconds) * 1_000,
    count: Number(count),
  }));
}

/** A shard without a primary lowers a count for a moment, so only new maxima are additions. */
function longestGap(counts: readonly Count[], since: number): number {
  let highest = 0;
  let last: number | undefined;
  let longest = 0;
  for (const { time, count } of counts) {
    if (count <= highest) continue;
    highest = count;
    if (last !== undefined && time >= since) longest = Math.max(longest, time - Math.max(last, since));
    last = time;
  }
  return longest / 1_000;
}

interface Sender {
  finish(): Promise<void>;
  stop(): void;
}

/** Kafka's console producer, which retries until a record is acknowledged; a line of its input is a record. */
function startSender(tweets: readonly SampleTweet[], perSecond: number): Sender {
  const command = 'kafka-console-producer.sh --bootstrap-server "$BROKERS" --command-config "$CONFIG" "$@"';
  const child: ChildProcessWithoutNullStreams = spawn("kubectl", [
    ...["-n", "data", "exec", "--stdin", "tweets", "--container=sender", "--"],
    ...["sh", "-c", command, "sh", "--topic", "twitter", "--reader-property", "parse.key=true"],
  ]);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  child.stdin.on("error", () => undefined); // the exit code reports it
  const ended = once(child, "close");
  const steady = new AbortController();
  const sent = send();

  async function send(): Promise<void> {
    for (const { id, json } of tweets) {
      child.stdin.write(`${id}\t${json}\n`);
      const { signal } = steady;
      if (!signal.aborted) await pause(1_000 / perSecond, undefined, { signal }).catch(() => undefined);
    }
    child.stdin.end();
  }

  return {
    async finish() {
      steady.abort();
      await sent;
      const [code] = await ended;
      // It also exits with 0 after it has dropped a record.
      if (code !== 0 || /error when sending/i.test(output))
        throw new Error(`producer exited with ${code}: ${output}`);
    },
    stop: () => void child.kill(),
  };
}
