import { runJob } from "@platform/shared/service/run-job";
import { readGenesisConfig } from "./genesis-config.ts";
import { makeGenesis } from "./make-genesis.ts";

runJob({
  name: "genesis",
  summary: "Makes the genesis state of a proof-of-stake network's consensus layer, and ends.",
  readConfig: readGenesisConfig,
  run: makeGenesis,
});
