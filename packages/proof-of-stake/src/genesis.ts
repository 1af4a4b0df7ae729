import { runService } from "@platform/shared/service/run-service";
import { readGenesisConfig } from "./genesis-config.ts";
import { makeGenesis } from "./make-genesis.ts";

runService({
  name: "genesis",
  summary: "Makes the genesis state of a proof-of-stake network's consensus layer, and ends.",
  readConfig: readGenesisConfig,
  async start(config, log) {
    await makeGenesis(config, log);
    process.exit(0);
  },
});
