import { join } from "node:path";
import { freePort } from "@platform/shared/service/free-port";
import { type StartedElasticsearch, startElasticsearch } from "../elasticsearch/elasticsearch.ts";
import { type StartedGateway, startGateway } from "../gateway/gateway.ts";
import { type StartedKafka, startKafka } from "../kafka/kafka.ts";
import { putTemplates } from "../kafka/stream.ts";
import { kafkaClient } from "../kafka/topic-messages.ts";
import { run } from "../process/command.ts";
import { createDisposables } from "../process/disposables.ts";
import { readDescendants } from "../process/processes.ts";
import { root } from "../repo.ts";
import { waitFor } from "../wait-for.ts";
import { type StartedNifi, startNifi } from "./nifi.ts";

/** NiFi with all peers of its flows: Kafka, Elasticsearch, and the functions behind the local gateway. */
export interface NifiStage extends AsyncDisposable {
  kafka: StartedKafka;
  elasticsearch: StartedElasticsearch;
  gateway: StartedGateway;
  nifi: StartedNifi;
  /** The URLs of the listeners, by the flows' names. */
  listeners: { "twitter-sentiment": string; "tweet-enrich": string };
  /** Runs `npm run nifi -- …` for these parts. Returns its output; rejects if it fails. */
  command(args: readonly string[], env?: Readonly<Record<string, string>>): Promise<string>;
  /** The number of FlowFiles in all queues, including penalised ones. */
  queued(): Promise<number>;
  /** Resolves when the consumer group nifi has read all of the topic twitter, and no queue has FlowFiles. */
  settled(): Promise<void>;
  /** The processes of a function, one for each name under which it is deployed. */
  functionPids(name: string): number[];
}

/**
 * Starts all parts with topics and templates, but without a flow.
 * @param env more environment variables of the functions
 * @param secrets folder with the secrets of stack.auth.yml: the functions then require a signature or a token
 */
export async function startNifiStage({
  secrets,
  env = {},
}: {
  secrets?: string;
  env?: Readonly<Record<string, string>>;
} = {}): Promise<NifiStage> {
  const { use, dispose } = createDisposables();
  try {
    const [kafka, elasticsearch, nifi] = [
      use(await startKafka({ own: true })),
      use(await startElasticsearch({ own: true })),
      use(await startNifi()),
    ];
    await kafka.makeTopics(["twitter", "twitter-enriched", "twitter.dead-letter"]);
    await putTemplates(elasticsearch.url);
    const peers = { ELASTICSEARCH_URL: elasticsearch.url, KAFKA_BROKERS: kafka.brokers };
    // With an Ethereum node there is no embedded chain.
    const gateway = use(
      await startGateway({
        env: { ...peers, GETH_RPC_ENDPOINT: "http://127.0.0.1:1", LOG_LEVEL: "warn", ...env },
        args: secrets === undefined ? [] : ["--stack", "stack.auth.yml", "--secrets", secrets],
      }),
    );
    const [port, enrichPort] = [await freePort(0), await freePort(0)];
    const settings = {
      ...peers,
      NIFI_URL: nifi.url,
      LISTEN_HOST: "127.0.0.1",
      LISTEN_PORT: String(port),
      SENTIMENT_URL: `${gateway.url}/function/sentimentanalysis`,
      ENRICH_LISTEN_PORT: String(enrichPort),
      ENRICH_URL: `${gateway.url}/function/tweet-enrich`,
    };
    const queued = async () => {
      const answer = await fetch(`${nifi.url}/nifi-api/flow/process-groups/root/status?recursive=false`);
      const { processGroupStatus } = (await answer.json()) as {
        processGroupStatus: { aggregateSnapshot: { flowFilesQueued: number } };
      };
      return processGroupStatus.aggregateSnapshot.flowFilesQueued;
    };
    return {
      kafka,
      elasticsearch,
      gateway,
      nifi,
      listeners: {
        "twitter-sentiment": `http://127.0.0.1:${port}/tweets`,
        "tweet-enrich": `http://127.0.0.1:${enrichPort}/tweets`,
      },
      async command(args, commandEnv = {}) {
        const program = join(root, "packages", "nifi", "dist", "main.cjs");
        const { code, stdout, stderr } = await run(process.execPath, [program, ...args], {
          cwd: root,
          env: { PATH: process.env.PATH ?? "", ...settings, ...commandEnv },
        });
        if (code !== 0) throw new Error(`npm run nifi -- ${args.join(" ")}: ${stdout}${stderr}`);
        return stdout;
      },
      queued,
      async settled() {
        await waitFor("the end of the topic", async () => (await unread(kafka.brokers)) === 0, 60_000);
        await waitFor("empty queues", async () => (await queued()) === 0, 60_000);
      },
      functionPids(name) {
        const handler = join("functions", name, "dist");
        const processes = readDescendants(gateway.pid).filter(({ command }) => command.includes(handler));
        if (processes.length === 0) throw new Error(`${name} does not run`);
        return processes.map(({ pid }) => pid);
      },
      [Symbol.asyncDispose]: dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** Returns the number of messages of the topic twitter that the consumer group nifi has not read. */
async function unread(brokers: string): Promise<number> {
  const admin = kafkaClient(brokers).admin();
  await admin.connect();
  try {
    const ends = await admin.fetchTopicOffsets("twitter");
    const [{ partitions } = { partitions: [] }] = await admin.fetchOffsets({
      groupId: "nifi",
      topics: ["twitter"],
    });
    const read = new Map(partitions.map(({ partition, offset }) => [partition, Math.max(0, Number(offset))]));
    return ends.reduce((sum, { partition, high }) => sum + Number(high) - (read.get(partition) ?? 0), 0);
  } finally {
    await admin.disconnect();
  }
}

/** Posts to a flow's listener until it answers 202, like a client that loses nothing. */
export async function postTweets(url: string, type: string, body: string): Promise<void> {
  await waitFor(
    `202 of ${url}`,
    () =>
      fetch(url, { method: "POST", headers: { "content-type": type }, body }).then(
        async (answer) => {
          await answer.arrayBuffer();
          return answer.status === 202;
        },
        () => false,
      ),
    120_000,
  );
}
