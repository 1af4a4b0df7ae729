// Tweets to the index: compares the kafka-connector with what one would use instead and with the flows of NiFi. All of them
// call the same functions. Uses a real Kafka, Elasticsearch and NiFi, which share the cores of this machine. In the NiFi that is
// assembled for tests, the processors for Kafka and Elasticsearch are fakes under Apache's names.

import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { bentoConfig, buildBento } from "./bento/bento.mjs";
import { comparison } from "./comparison.mjs";
import { cpuSeconds } from "./cpu.mjs";
import { deleteDocuments } from "./delete-documents.mjs";
import { fillTopic } from "./fill-topic.mjs";
import { loadServices } from "./services.mjs";
import { trackStarted } from "./started.mjs";

const name = "peers";

/** The numbers of tweets, so that each measurement takes some seconds. */
const counts = { topic: 150_000, short: 60_000, long: 2_000 };
const batch = 500;

const scriptPath = fileURLToPath(new URL("kafka-script.mjs", import.meta.url));

/** @type {import("./comparison.mjs").Metric[]} */
const metrics = [
  { key: "rate", title: name, unit: "documents/s", less: false },
  { key: "cpu", title: `${name}, processor time for 100,000`, unit: "s", less: true },
];

/** @type {import("./run-benches.mjs").Bench["run"]} */
export async function* run({ rounds, log, signal }) {
  const services = await loadServices();
  if (!services.hasNifi() || !services.hasMaven()) {
    const skipped = "skipped: needs NiFi, and Maven and Java to fetch and run Kafka and Elasticsearch";
    yield { name, unit: "documents/s", ours: { name, skipped }, peers: [{ name: "NiFi", skipped }] };
    return;
  }
  const started = trackStarted(signal);
  try {
    log(
      "starts Kafka, Elasticsearch and NiFi (the first time on a machine fetches them and builds Bento, some minutes)",
    );
    const stage = await started.use(services.startNifiStage({ env: { KAFKA_BROKERS: "" } })); // only to the index
    const { elasticsearch, gateway, kafka, nifi } = stage;
    const tweets = services.sampleTweets(counts.topic);
    const client = services.kafkaClient(kafka.brokers);
    await kafka.makeTopics(["connector"]);
    await fillTopic(client, "connector", tweets);
    const flows = ["twitter-sentiment", "tweet-enrich"];
    await stage.command(["deploy", ...flows], { CONSUMER_GROUP: "nifi" });
    await stage.command(["stop", ...flows]);
    /** Runs a flow only during its measurement, because an idle NiFi uses the processor, too. */
    const running = async (
      /** @type {string} */ flow,
      /** @type {() => Promise<Record<string, number>>} */ measure,
    ) => {
      await deleteDocuments(elasticsearch.url, tweets);
      await stage.command(["start", flow]);
      try {
        return await measure();
      } finally {
        await stage.command(["stop", flow]);
      }
    };

    /** Measures the rate from the first document to the last, and the total processor time, of `work`. */
    const watch = async (
      /** @type {number} */ count,
      /** @type {() => number[]} */ pids,
      /** @type {() => Promise<unknown> | undefined} */ work,
    ) => {
      const before = cpuSeconds(pids());
      const working = work();
      /** @type {{ documents: number, time: number } | undefined} */
      let first;
      for (;;) {
        signal.throwIfAborted();
        pids();
        const documents = (await services.countDocuments(elasticsearch.url)) || 0;
        const time = performance.now();
        if (documents > 0) first ??= { documents, time };
        if (first !== undefined && documents >= count) {
          await working;
          return {
            rate: ((documents - first.documents) / (time - first.time)) * 1_000,
            cpu: ((cpuSeconds(pids()) - before) / documents) * 100_000,
          };
        }
        await pause(200);
      }
    };
    const functionPids = [
      gateway.pid,
      ...stage.functionPids("sentiment"),
      ...stage.functionPids("tweet-enrich"),
    ];
    const byNifi = () => [nifi.pid(), ...functionPids];
    const node24 = services.nodeBinary(24) ?? process.execPath;
    const bento = services.hasGo() ? await buildBento(services) : undefined;
    const toEnvironment = (/** @type {string} */ group) => ({
      PATH: process.env.PATH,
      BROKERS: kafka.brokers,
      TOPIC: "connector",
      GROUP: group,
      SENTIMENT_URL: `${gateway.url}/function/sentiment`,
      ELASTICSEARCH_URL: elasticsearch.url,
    });
    let groups = 0;
    /** A contender that reads the topic in a consumer group of its own. */
    const byConsumer = (
      /** @type {string} */ title,
      /** @type {(group: string) => Promise<Consumer> | Consumer} */ start,
    ) => ({
      title,
      async measure() {
        await deleteDocuments(elasticsearch.url, tweets);
        groups += 1;
        const consumer = await start(`bench-${groups}`);
        try {
          const pids = () => {
            if (consumer.hasEnded()) throw new Error(`${title} ended:\n${consumer.output()}`);
            return [consumer.pid, ...functionPids];
          };
          return await watch(counts.topic, pids, () => undefined);
        } finally {
          consumer.signal("SIGKILL");
          await consumer.ended;
        }
      },
    });

    yield* await comparison({ rounds, log, signal })(
      "to the index",
      undefined,
      [
        byConsumer("kafka-connector", (group) =>
          services.startConnector({
            KAFKA_BROKERS: kafka.brokers,
            GATEWAY_URL: gateway.url,
            GROUP_PREFIX: group,
            ROUTES: "connector=tweet-enrich",
            BATCH_SIZE: "2000",
          }),
        ),
        byConsumer("a script with @platformatic/kafka, batches of up to 2,000", (group) =>
          services.startProgram({ command: [node24, scriptPath], env: toEnvironment(group) }),
        ),
        bento === undefined
          ? { title: "Bento", skipped: "skipped: needs Go" }
          : byConsumer("Bento, batches of up to 2,000", (group) =>
              services.startProgram({ command: [bento, "-c", bentoConfig], env: toEnvironment(group) }),
            ),
        {
          title: `NiFi's flow tweet-enrich, batches of ${batch}`,
          measure: () =>
            running("tweet-enrich", () =>
              watch(counts.short, byNifi, async () => {
                for (let sent = 0; sent < counts.short; sent += batch) {
                  const lines = tweets.slice(sent, sent + batch).map(({ json }) => `${json}\n`);
                  await services.postTweets(
                    stage.listeners["tweet-enrich"],
                    "application/x-ndjson",
                    lines.join(""),
                  );
                }
              }),
            ),
        },
        {
          title: "NiFi's flow twitter-sentiment, a call a tweet",
          measure: () =>
            running("twitter-sentiment", () =>
              watch(counts.long, byNifi, () => fillTopic(client, "twitter", tweets.slice(0, counts.long))),
            ),
        },
      ],
      metrics,
    );
  } finally {
    await started.end();
  }
}

/** A process that reads the topic. @typedef {Pick<import("./services.ts").StartedProgram, "pid" | "signal" | "ended" | "hasEnded" | "output">} Consumer */
