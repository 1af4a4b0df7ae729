// needs: java go chromium
import { hasElasticsearch } from "../support/elasticsearch/elasticsearch.ts";
import { hasGo } from "../support/ethereum/geth-binaries.ts";
import { hasChromium } from "../support/gateway/browser.ts";
import { type RealConsole, startRealConsole } from "../support/gateway/real-console.ts";
import { hasKafka } from "../support/kafka/kafka.ts";
import { requireService } from "../support/require-service.ts";
import { describeDocumentsOfElasticsearch } from "./console/documents-real.ts";
import { describeEthereumWithGeth } from "./console/ethereum.ts";
import { describeFunctionCalls } from "./console/functions.ts";
import { describeLoad } from "./console/load.ts";
import { describePipeline } from "./console/overview-real.ts";
import { describeViews } from "./console/shell.ts";
import { describeTopics } from "./console/topics.ts";

jest.setTimeout(120_000);

const services = hasElasticsearch() && hasKafka() && hasGo() && hasChromium;

requireService("Kafka and Elasticsearch (Maven, Java, or their URLs), Geth and Chromium", services, () => {
  let stage: RealConsole;
  beforeAll(async () => {
    stage = await startRealConsole();
  }, 20 * 60_000);
  afterAll(() => stage?.[Symbol.asyncDispose]());

  describeViews(() => stage);
  describePipeline(() => stage);
  describeFunctionCalls(() => stage);
  describeEthereumWithGeth(() => stage);
  describeTopics(() => stage);
  describeDocumentsOfElasticsearch(() => stage);
  describeLoad(() => stage); // Last, because the other views need few documents.
  // It kills Elasticsearch and restarts it.
});
