import { configReader } from "@platform/shared/config/config-reader";
import { logSettings } from "@platform/shared/config/function-settings";
import { setting } from "@platform/shared/config/setting";
import { duration, text } from "@platform/shared/config/settings";
import * as v from "valibot";

/** The settings of the program that creates the genesis state. */
export const readGenesisConfig = configReader({
  CONSENSUS_CONFIG: setting("the consensus layer's config.yaml", text()),
  VALIDATORS_FILE: setting("JSON list of the validators' public keys and withdrawal addresses", text()),
  BLOCK_HASH_FILE: setting("file with the hash of Geth's genesis block", text()),
  GENESIS_DELAY: setting("time from now to the first slot", duration("60s")),
  GENESIS_FILE: setting("output file, unless GENESIS_CONFIG_MAP is set", v.optional(text(), "genesis.ssz")),
  GENESIS_CONFIG_MAP: setting(
    "ConfigMap to create in the pod's namespace, with the key genesis.ssz",
    v.optional(text()),
  ),
  ...logSettings,
});

/** The parsed settings of the program that creates the genesis state. */
export type GenesisConfig = ReturnType<typeof readGenesisConfig>;
