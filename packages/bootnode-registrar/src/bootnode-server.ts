import { runService } from "@platform/shared/service/run-service";
import { readBootnodeServerConfig } from "./bootnode-server-config.ts";
import { startEnodeServer } from "./enode-server.ts";

runService({
  name: "bootnode-server",
  summary: "The sidecar of an Ethereum boot node: serves its enode URL at /, for the registrar.",
  readConfig: readBootnodeServerConfig,
  start: startEnodeServer,
});
