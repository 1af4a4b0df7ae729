import { runService } from "@platform/shared/service/run-service";
import { startRegistrar } from "./registrar.ts";
import { readRegistrarConfig } from "./registrar-config.ts";

runService({
  name: "bootnode-registrar",
  summary: "The registrar of Ethereum boot nodes: asks them for their enode URLs and serves the list at /.",
  readConfig: readRegistrarConfig,
  start: startRegistrar,
});
