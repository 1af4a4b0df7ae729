// Tweets to the index: compares the kafka-connector with what one would use in its place and with the flows of NiFi. All of them
// call the same functions. Uses a real Kafka, Elasticsearch and NiFi, which share the cores of this machine. In the NiFi that is
// assembled for tests, the processors for Kafka and Elasticsearch are fakes under Apache's names.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { comparison } from "./comparison.mjs";
import { cpuSeconds } from "./cpu.mjs";
import { fillTopic } from "./fill-topic.mjs";
import { loadServices } from "./services.mjs";
import { trackStarted } from "./started.mjs";

const name = "peers";

/** The numbers of tweets, so that each measurement takes some seconds. */
const counts = { connector: 60_000, short: 60_000, long: 2_000 };
const batch = 500;

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
    log("starts Kafka, Elasticsearch and NiFi (the first time on a machine fetches them, some minutes)");
    const stage = await started.use(services.startNifiStage({ env: { KAFKA_BROKERS: "" } })); // only to the index
    const { elasticsearch, gateway, kafka, nifi } = stage;
    const tweets = services.sampleTweets(counts.connector);
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
      await fetch(`${elasticsearch.url}/sentiment-2018-10,sentiment-2018-11?ignore_unavailable=true`, {
        method: "DELETE",
      });
      const before = cpuSeconds(pids());
      const working = work();
      /** @type {{ documents: number, time: number } | undefined} */
      let first;
      for (;;) {
        signal.throwIfAborted();
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
    let groups = 0;

    yield* await comparison({ rounds, log, signal })(
      "to the index",
      undefined,
      [
        {
          title: "kafka-connector",
          async measure() {
            groups += 1;
            const connector = await services.startConnector({
              KAFKA_BROKERS: kafka.brokers,
              GATEWAY_URL: gateway.url,
              GROUP_PREFIX: `bench-${groups}`,
              ROUTES: "connector=tweet-enrich",
              BATCH_SIZE: "2000",
            });
            try {
              return await watch(
                counts.connector,
                () => [connector.pid, ...functionPids],
                () => undefined,
              );
            } finally {
              connector.signal("SIGKILL");
              await connector.ended;
            }
          },
        },
        {
          title: "a script with @platformatic/kafka, batches of up to 2,000",
          async measure() {
            groups += 1;
            const sentimentUrl = `${gateway.url}/function/sentiment`;
            const args = [kafka.brokers, "connector", `script-${groups}`, sentimentUrl, elasticsearch.url];
            const script = startScript(node24, args);
            try {
              return await watch(
                counts.connector,
                () => [script.pid, ...functionPids],
                () => undefined,
              );
            } finally {
              await script.end();
            }
          },
        },
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

/** Starts kafka-script.mjs. */
function startScript(/** @type {string} */ node, /** @type {readonly string[]} */ args) {
  const path = fileURLToPath(new URL("kafka-script.mjs", import.meta.url));
  const child = spawn(node, [path, ...args], { stdio: ["ignore", "ignore", "inherit"] });
  const ended = once(child, "close");
  return {
    pid: /** @type {number} */ (child.pid),
    async end() {
      child.kill("SIGKILL");
      await ended;
    },
  };
}
