import { runService } from "@platform/shared/service/run-service";
import { readBootnodeServerConfig, usage } from "./bootnode-server-config.ts";
import { startEnodeServer } from "./enode-server.ts";

runService({
  name: "bootnode-server",
  usage,
  readConfig: readBootnodeServerConfig,
  start: startEnodeServer,
});
