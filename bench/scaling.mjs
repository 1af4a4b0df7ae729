// The path from a topic to the index by number of partitions and connectors: shows what scales on the cores of this machine. Uses
// a real Kafka and Elasticsearch, and one process of the function behind the local gateway.

import { comparison } from "./comparison.mjs";
import { cpuSeconds } from "./cpu.mjs";
import { deleteDocuments } from "./delete-documents.mjs";
import { fillTopic } from "./fill-topic.mjs";
import { loadServices } from "./services.mjs";
import { trackStarted } from "./started.mjs";
import { measureRate } from "./stream-rate.mjs";

const name = "scaling";
const tweetCount = 100_000;
const partitionCounts = [1, 3, 12];
const connectorCounts = [1, 2];

/** @type {import("./comparison.mjs").Metric[]} */
const metrics = [
  { key: "rate", title: name, unit: "documents/s", less: false },
  { key: "cpu", title: `${name}, processor time for 100,000`, unit: "s", less: true },
];

/** @type {import("./run-benches.mjs").Bench["run"]} */
export async function* run({ rounds, log, signal }) {
  const services = await loadServices();
  if (!services.hasMaven() || process.platform !== "linux") {
    const skipped = "skipped: needs Linux, and Maven and Java to fetch and run Kafka and Elasticsearch";
    yield { name, unit: "documents/s", ours: { name, skipped }, peers: [] };
    return;
  }
  const started = trackStarted(signal);
  const { use } = started;
  try {
    log("starts Kafka and Elasticsearch");
    const kafka = await use(services.startKafka({ own: true }));
    const elasticsearch = await use(services.startElasticsearch({ own: true }));
    await services.putTemplates(elasticsearch.url);
    const settings = { ELASTICSEARCH_URL: elasticsearch.url, KAFKA_BROKERS: "" };
    const gateway = await use(services.startEnrichGateway(settings));
    const client = services.kafkaClient(kafka.brokers);
    const tweets = services.sampleTweets(tweetCount);
    let topics = 0;

    const contender = (/** @type {number} */ partitions, /** @type {number} */ connectorCount) => ({
      title: `partitions: ${partitions}, connectors: ${connectorCount}`,
      async measure() {
        await deleteDocuments(elasticsearch.url, tweets);
        topics += 1;
        const topic = `scaling-${topics}`;
        const admin = client.admin();
        await admin.connect();
        await admin.createTopics({ topics: [{ topic, numPartitions: partitions }] });
        await admin.disconnect();
        // The connectors share the partitions before there is a message, so that no rebalance interrupts the measurement.
        const connectors = await Promise.all(
          Array.from({ length: connectorCount }, () =>
            services.startConnector({
              KAFKA_BROKERS: kafka.brokers,
              GATEWAY_URL: gateway.url,
              GROUP_PREFIX: `scaling-${topics}`,
              ROUTES: `${topic}=tweet-enrich`,
              BATCH_SIZE: "2000",
            }),
          ),
        );
        try {
          const pids = [...connectors.map(({ pid }) => pid), gateway.pid, services.functionPid(gateway)];
          const before = cpuSeconds(pids);
          const [{ documents, rate }] = await Promise.all([
            measureRate(
              connectors.map(({ url }) => url),
              tweetCount,
              signal,
            ),
            fillTopic(client, topic, tweets),
          ]);
          return { rate, cpu: ((cpuSeconds(pids) - before) / documents) * 100_000 };
        } finally {
          for (const connector of connectors) connector.signal("SIGKILL");
          await Promise.all(connectors.map(({ ended }) => ended));
        }
      },
    });
    yield* await comparison({ rounds, log, signal })(
      "from topic to index",
      undefined,
      connectorCounts.flatMap((connectors) =>
        partitionCounts.map((partitions) => contender(partitions, connectors)),
      ),
      metrics,
    );
  } finally {
    await started.end();
  }
}
