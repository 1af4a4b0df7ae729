import { join } from "node:path";
import { runService } from "@platform/shared/service/run-service";
import { readConfig } from "./config.ts";
import { startEthstats } from "./server.ts";

runService({
  name: "ethstats",
  summary:
    "The server to which Ethereum nodes report (geth --ethstats NAME:SECRET@HOST:PORT): a page at /, JSON at /api/nodes.",
  readConfig,
  // The build writes the page to a folder beside the program.
  start: (config, log) => startEthstats(config, { log, publicFolder: join(__dirname, "public") }),
});
