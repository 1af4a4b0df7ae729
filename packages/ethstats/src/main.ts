import { join } from "node:path";
import { runService } from "@platform/shared/service/run-service";
import { readConfig, usage } from "./config.ts";
import { startEthstats } from "./server.ts";

runService({
  name: "ethstats",
  usage,
  readConfig,
  // The build puts the page beside the program.
  start: (config, log) => startEthstats(config, { log, publicFolder: join(__dirname, "public") }),
});
