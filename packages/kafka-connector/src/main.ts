import { runService } from "@platform/shared/service/run-service";
import { readConnectorConfig, usage } from "./config.ts";
import { startConnector } from "./connector.ts";

runService({
  name: "kafka-connector",
  usage,
  readConfig: readConnectorConfig,
  start: startConnector,
});
