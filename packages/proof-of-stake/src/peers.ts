import { runService } from "@platform/shared/service/run-service";
import { readPeersConfig } from "./peers-config.ts";
import { startPeers } from "./start-peers.ts";

runService({
  name: "peers",
  summary: "Connects the beacon nodes of a proof-of-stake network to each other.",
  readConfig: readPeersConfig,
  start: startPeers,
});
