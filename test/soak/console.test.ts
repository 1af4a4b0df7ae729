// The console with 200,000 documents in Elasticsearch and in the embedded store, and 1,000,000 messages in a topic of Kafka.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  describeResponseTimes,
  documentPaths,
  loadViews,
  otherPaths,
  topicPaths,
} from "../e2e/console/load.ts";
import { hasElasticsearch, startElasticsearch } from "../support/elasticsearch/elasticsearch.ts";
import { hasChromium, startBrowser } from "../support/gateway/browser.ts";
import { fillElasticsearch, fillEmbeddedStore, fillTopic } from "../support/gateway/console-load.ts";
import type { ConsoleStage } from "../support/gateway/console-stage.ts";
import { startGateway } from "../support/gateway/gateway.ts";
import { hasKafka, startKafka } from "../support/kafka/kafka.ts";
import { putTemplates } from "../support/kafka/stream.ts";
import { createDisposables } from "../support/process/disposables.ts";
import { requireService } from "../support/require-service.ts";

const minute = 60_000;
jest.setTimeout(2 * minute);

const documents = 200_000;
const messages = 1_000_000;

const say = (line: string) => process.stderr.write(`soak: ${line}\n`);
const timed = async <T>(description: string, work: Promise<T>): Promise<T> => {
  const begin = performance.now();
  const result = await work;
  say(`${description}: ${((performance.now() - begin) / 1_000).toFixed(1)} s`);
  return result;
};

requireService("Chromium", hasChromium, () => {
  describe("the console with an embedded store", () => {
    const folder = mkdtempSync(join(tmpdir(), "console-load-"));
    let stage: ConsoleStage;
    beforeAll(async () => {
      await timed(`${documents} documents in the embedded store`, fillEmbeddedStore(folder, documents));
      const env = { DATA_DIR: folder };
      const [gateway, browser] = await Promise.all([startGateway({ env }), startBrowser()]);
      stage = { gateway, browser };
    }, 15 * minute);
    afterAll(async () => {
      await stage?.browser.close();
      await stage?.gateway[Symbol.asyncDispose]();
      rmSync(folder, { recursive: true });
    });

    const views = loadViews.filter((path) => !path.startsWith("topics/"));
    describeResponseTimes(() => stage, { paths: [...documentPaths, ...otherPaths], views });
  });
});

const services = hasElasticsearch() && hasKafka() && hasChromium;

requireService("Kafka and Elasticsearch (Maven, Java, or their URLs) and Chromium", services, () => {
  describe("the console with Elasticsearch and Kafka", () => {
    const { use, dispose } = createDisposables();
    let stage: ConsoleStage;
    beforeAll(async () => {
      const kafka = use(await startKafka());
      const elasticsearch = use(await startElasticsearch());
      await putTemplates(elasticsearch.url);
      await timed(`${documents} documents in Elasticsearch`, fillElasticsearch(elasticsearch.url, documents));
      await timed(`${messages} messages in Kafka`, fillTopic(kafka.brokers, messages));
      const env = { ELASTICSEARCH_URL: elasticsearch.url, KAFKA_BROKERS: kafka.brokers };
      const gateway = use(await startGateway({ env }));
      const browser = await startBrowser();
      use({ [Symbol.asyncDispose]: () => browser.close() });
      stage = { gateway, browser };
    }, 15 * minute);
    afterAll(dispose);

    describeResponseTimes(() => stage, {
      paths: [...documentPaths, ...topicPaths, ...otherPaths],
      views: loadViews,
    });
  });
});
