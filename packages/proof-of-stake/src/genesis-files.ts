import { readFile } from "node:fs/promises";
import * as v from "valibot";
import { parse as parseYaml } from "yaml";
import type { GenesisFacts, GenesisValidator } from "./genesis-state.ts";

/** An input file of the genesis state is missing or invalid. */
export class GenesisFileError extends Error {
  override readonly name = "GenesisFileError";
  constructor(setting: string, file: string, cause: unknown) {
    const reason = v.isValiError(cause)
      ? `${v.getDotPath(cause.issues[0])}: ${cause.message}`
      : String(cause);
    super(`${setting} ${file}: ${reason}`, { cause });
  }
}

const hex = (bytes: number) =>
  v.pipe(
    v.string(),
    v.regex(new RegExp(`^0x[0-9a-fA-F]{${2 * bytes}}$`), `must be 0x and ${2 * bytes} hexadecimal digits`),
    v.transform((text): Uint8Array => Buffer.from(text.slice(2), "hex")),
  );
const config = v.object({
  PRESET_BASE: v.literal("minimal", 'must be "minimal"'),
  CAPELLA_FORK_EPOCH: v.literal("0", "must be 0"),
  BELLATRIX_FORK_VERSION: hex(4),
  CAPELLA_FORK_VERSION: hex(4),
});
const validators = v.pipe(
  v.array(v.object({ pubkey: hex(48), withdrawalAddress: hex(20) })),
  v.minLength(1, "must contain at least one validator"),
);

/** Reads the fork versions before and at genesis from a consensus config.yaml. @throws GenesisFileError */
export function readForks(file: string): Promise<GenesisFacts["forks"]> {
  return read("CONSENSUS_CONFIG", file, (text) => {
    // "failsafe" keeps all values as text: 0x10027587 is not a number here.
    const { BELLATRIX_FORK_VERSION, CAPELLA_FORK_VERSION } = v.parse(
      config,
      parseYaml(text, { schema: "failsafe" }),
    );
    return { previous: BELLATRIX_FORK_VERSION, current: CAPELLA_FORK_VERSION };
  });
}

/** Reads the validators that `npm run secrets` created. @throws GenesisFileError */
export function readValidators(file: string): Promise<readonly GenesisValidator[]> {
  return read("VALIDATORS_FILE", file, (text) => v.parse(validators, JSON.parse(text)));
}

/** Reads the hash of Geth's genesis block. @throws GenesisFileError */
export function readBlockHash(file: string): Promise<Uint8Array> {
  return read(
    "BLOCK_HASH_FILE",
    file,
    (text) => v.parse(v.object({ hash: hex(32) }), { hash: text.trim() }).hash,
  );
}

async function read<T>(setting: string, file: string, parse: (text: string) => T): Promise<T> {
  try {
    return parse(await readFile(file, "utf8"));
  } catch (error) {
    throw new GenesisFileError(setting, file, error);
  }
}
