import { runService } from "@platform/shared/service/run-service";
import { readConnectorConfig } from "./config.ts";
import { startConnector } from "./connector.ts";

runService({
  name: "kafka-connector",
  summary: `Calls functions with the messages of Kafka topics, at least once and in the order of each partition. The
annotations of a function select its topics (topic: a,b) and the maximum number of messages in a call
(kafka-batch-size: 500).`,
  readConfig: readConnectorConfig,
  start: startConnector,
});
