import { runService } from "@platform/shared/service/run-service";
import { startRegistrar } from "./registrar.ts";
import { readRegistrarConfig, usage } from "./registrar-config.ts";

runService({
  name: "bootnode-registrar",
  usage,
  readConfig: readRegistrarConfig,
  start: startRegistrar,
});
