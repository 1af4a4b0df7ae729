import { runService } from "@platform/shared/service/run-service";
import { readClusterConfig, usage } from "./config.ts";
import { startClusterGateway } from "./gateway.ts";

runService({ name: "gateway", usage, readConfig: readClusterConfig, start: startClusterGateway });
