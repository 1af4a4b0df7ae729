// tweet-enrich from the topic to the index: compares it with a client that only indexes the same documents, and with one
// call per message, as in the book's flow. Uses a real Kafka and Elasticsearch, the function behind the local gateway, and
// one connector.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { comparison } from "./comparison.mjs";
import { cpuSeconds } from "./cpu.mjs";
import { deleteDocuments } from "./delete-documents.mjs";
import { fillTopic } from "./fill-topic.mjs";
import { loadServices } from "./services.mjs";
import { trackStarted } from "./started.mjs";
import { measureRate } from "./stream-rate.mjs";

const name = "enrich";

const TWEETS = 60_000;
/** Fewer tweets for small batches, because one call per message takes long. */
const countTweets = (/** @type {number} */ batchSize) => Math.min(TWEETS, batchSize * 3_000);

const batch = 2_000;
const ceiling = "a bare bulk client, 2,000 documents a request";

/** @type {import("./comparison.mjs").Metric[]} */
const metrics = [
  { key: "rate", title: name, unit: "documents/s", less: false },
  { key: "cpu", title: `${name}, processor time for 100,000`, unit: "s", less: true },
  ...["connector", "gateway", "function"].map((part) => ({
    key: part,
    title: `${name}, processor time of the ${part} for 100,000`,
    unit: "s",
    less: true,
  })),
];

/** @type {import("./run-benches.mjs").Bench["run"]} */
export async function* run({ rounds, log, signal }) {
  const services = await loadServices();
  if (!services.hasMaven() || process.platform !== "linux") {
    const skipped = "skipped: needs Linux, and Maven and Java to fetch and run Kafka and Elasticsearch";
    yield { name, unit: "documents/s", ours: { name, skipped }, peers: [{ name: ceiling, skipped }] };
    return;
  }
  const started = trackStarted(signal);
  const { use } = started;
  try {
    log("starts Kafka and Elasticsearch (the first time on a machine fetches them, about a minute)");
    const kafka = await use(services.startKafka({ own: true }));
    const elasticsearch = await use(services.startElasticsearch({ own: true }));
    await services.putTemplates(elasticsearch.url);
    await kafka.makeTopics(["twitter", "twitter-enriched"]);
    const tweets = services.sampleTweets(TWEETS);
    await fillTopic(services.kafkaClient(kafka.brokers), "twitter", tweets);
    const index = { ELASTICSEARCH_URL: elasticsearch.url, KAFKA_BROKERS: "" };
    const toIndex = await use(services.startEnrichGateway(index));
    const toBoth = await use(services.startEnrichGateway({ ...index, KAFKA_BROKERS: kafka.brokers }));
    const client = startBulkClient(started, elasticsearch.url, tweets);

    let groups = 0;
    const stream = (
      /** @type {string} */ title,
      /** @type {typeof toIndex} */ gateway,
      batchSize = batch,
    ) => ({
      title,
      variant: true,
      async measure() {
        await deleteDocuments(elasticsearch.url, tweets);
        groups += 1;
        const pids = { gateway: gateway.pid, function: services.functionPid(gateway) };
        const cpu = () => ({ gateway: cpuSeconds([pids.gateway]), function: cpuSeconds([pids.function]) });
        const before = cpu();
        const connector = await services.startConnector({
          KAFKA_BROKERS: kafka.brokers,
          GATEWAY_URL: gateway.url,
          GROUP_PREFIX: `bench-${groups}`,
          ROUTES: "twitter=tweet-enrich",
          BATCH_SIZE: String(batchSize),
        });
        try {
          const { documents, rate } = await measureRate([connector.url], countTweets(batchSize), signal);
          const after = cpu();
          const seconds = {
            connector: cpuSeconds([connector.pid]),
            gateway: after.gateway - before.gateway,
            function: after.function - before.function,
          };
          const all = seconds.connector + seconds.gateway + seconds.function;
          const figures = Object.entries({ cpu: all, ...seconds });
          return {
            rate,
            ...Object.fromEntries(figures.map(([key, value]) => [key, (value / documents) * 100_000])),
          };
        } finally {
          connector.signal("SIGKILL");
          await connector.ended;
        }
      },
    });
    yield* await comparison({ rounds, log, signal })(
      "from topic to index",
      undefined,
      [
        stream(`batches of ${batch}`, toIndex),
        {
          title: ceiling,
          async measure() {
            await deleteDocuments(elasticsearch.url, tweets);
            return client.ask(TWEETS);
          },
        },
        stream("the same, into a second topic as well", toBoth),
        stream("batches of 1000", toIndex, 1_000),
        stream("batches of 100", toIndex, 100),
        stream("batches of 10", toIndex, 10),
        stream("one call a message, as in the book's flow", toIndex, 1),
      ],
      metrics,
    );
  } finally {
    await started.end();
  }
}

/** @typedef {import("./services.ts").SampleTweet} SampleTweet */

/**
 * Starts the client with the documents that the function creates from the tweets.
 *
 * @param {ReturnType<typeof trackStarted>} started
 * @param {string} url
 * @param {SampleTweet[]} tweets
 */
function startBulkClient(started, url, tweets) {
  const folder = mkdtempSync(join(tmpdir(), "bench-enrich-"));
  started.defer(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "documents.ndjson");
  writeFileSync(file, tweets.map((tweet) => toAction(tweet) + toDocument(tweet)).join(""));
  return started.lineProgram("bulk-client.mjs", [url, file]);
}

function toAction(/** @type {SampleTweet} */ { id, index }) {
  return `${JSON.stringify({ create: { _index: index, _id: id } })}\n`;
}

function toDocument(/** @type {SampleTweet} */ { json, polarity, subjectivity, sentence_count }) {
  const { created_at, text, user } = JSON.parse(json);
  const document = {
    "twitter.created_at": created_at,
    "twitter.handle": user.screen_name,
    "twitter.msg": text,
    "twitter.user": user.name,
    polarity,
    subjectivity,
    sentence_count,
    Date: new Date().toUTCString(),
    "X-Start-Time": Date.now(),
  };
  return `${JSON.stringify(document)}\n`;
}
