import { runService } from "@platform/shared/service/run-service";
import { readClusterConfig, usage } from "./cluster-config.ts";
import { startClusterGateway } from "./cluster-gateway.ts";

runService({ name: "gateway", usage, readConfig: readClusterConfig, start: startClusterGateway });
