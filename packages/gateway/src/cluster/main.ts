import { runService } from "@platform/shared/service/run-service";
import { readClusterConfig } from "./config.ts";
import { startClusterGateway } from "./gateway.ts";

runService({
  name: "gateway",
  summary: `The gateway of a Kubernetes cluster without OpenFaaS: forwards /function/NAME to the ready pods behind the Service
NAME, for each Deployment with the label faas_function. Its console is at /ui/.`,
  readConfig: readClusterConfig,
  start: startClusterGateway,
});
