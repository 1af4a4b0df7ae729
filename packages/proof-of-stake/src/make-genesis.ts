import { writeFile } from "node:fs/promises";
import type { Logger } from "@platform/shared/log/logger";
import { createGenesisConfigMap, readPodApi } from "./config-map.ts";
import type { GenesisConfig } from "./genesis-config.ts";
import { readBlockHash, readForks, readValidators } from "./genesis-files.ts";
import { genesisState } from "./genesis-state.ts";

/** Creates and stores the genesis state. An existing state stays, because nodes may have started with it. */
export async function makeGenesis(config: GenesisConfig, log: Logger): Promise<void> {
  const [forks, validators, blockHash] = await Promise.all([
    readForks(config.CONSENSUS_CONFIG),
    readValidators(config.VALIDATORS_FILE),
    readBlockHash(config.BLOCK_HASH_FILE),
  ]);
  const genesisTime = Math.ceil((Date.now() + config.GENESIS_DELAY) / 1_000);
  const state = genesisState({ forks, validators, blockHash, genesisTime });
  const { GENESIS_CONFIG_MAP: configMap, GENESIS_FILE: file } = config;
  const created =
    configMap === undefined
      ? await createFile(file, state)
      : await createGenesisConfigMap(readPodApi(process.env), configMap, state);
  const facts = { [configMap === undefined ? "file" : "configMap"]: configMap ?? file };
  if (created) log.info({ ...facts, genesisTime, validators: validators.length }, "genesis_created");
  else log.info(facts, "genesis_exists");
}

async function createFile(file: string, state: Uint8Array): Promise<boolean> {
  try {
    await writeFile(file, state, { flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}
