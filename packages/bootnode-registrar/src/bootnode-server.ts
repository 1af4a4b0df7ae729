import { runService } from "@platform/shared/service/run-service";
import { readBootnodeServerConfig } from "./bootnode-server-config.ts";
import { startEnodeServer } from "./enode-server.ts";

runService({
  name: "bootnode-server",
  summary:
    "The server beside an Ethereum boot node: answers with its enode URL at /, where the registrar reads it.",
  readConfig: readBootnodeServerConfig,
  start: startEnodeServer,
});
