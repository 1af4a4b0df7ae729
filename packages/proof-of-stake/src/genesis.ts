import { runJob } from "@platform/shared/service/run-job";
import { readGenesisConfig } from "./genesis-config.ts";
import { makeGenesis } from "./make-genesis.ts";

runJob({
  name: "genesis",
  summary: "Creates the genesis state of the consensus layer of a proof-of-stake network, and exits.",
  readConfig: readGenesisConfig,
  run: makeGenesis,
});
