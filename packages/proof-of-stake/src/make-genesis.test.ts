import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createLogger } from "@platform/shared/log/logger";
import { readGenesisConfig } from "./genesis-config.ts";
import { GenesisFileError } from "./genesis-files.ts";
import { makeGenesis } from "./make-genesis.ts";
import { beaconState } from "./state-types.ts";

const log = createLogger("test", "silent");
const consensusConfig = join(__dirname, "../../../deploy/components/proof-of-stake/config.yaml");
// The public key of the private key 1: the generator of the curve's first group.
const pubkey =
  "0x97f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac586c55e83ff97a1aeffb3af00adb22c6bb";
const validators = [{ pubkey, withdrawalAddress: `0x${"1".repeat(40)}` }];

describe("makeGenesis", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "genesis-"));
    await writeFile(join(folder, "validators.json"), JSON.stringify(validators));
    await writeFile(join(folder, "hash"), `0x${"cd".repeat(32)}\n`);
  });
  afterEach(() => rm(folder, { recursive: true }));

  const make = () =>
    makeGenesis(
      readGenesisConfig({
        CONSENSUS_CONFIG: consensusConfig,
        VALIDATORS_FILE: join(folder, "validators.json"),
        BLOCK_HASH_FILE: join(folder, "hash"),
        GENESIS_DELAY: "100s",
        GENESIS_FILE: join(folder, "genesis.ssz"),
      }),
      log,
    );

  it("writes a state with a genesis time after the delay and the fork versions of the config", async () => {
    const begin = Date.now() / 1_000;
    await make();
    const { genesisTime, fork } = beaconState.deserialize(await readFile(join(folder, "genesis.ssz")));
    expect(genesisTime).toBeGreaterThanOrEqual(begin + 100);
    expect(genesisTime).toBeLessThan(begin + 110);
    expect(Buffer.from(fork.currentVersion).toString("hex")).toBe("13027587");
  });

  it("keeps an existing state", async () => {
    await writeFile(join(folder, "genesis.ssz"), "old");
    await make();
    expect(await readFile(join(folder, "genesis.ssz"), "utf8")).toBe("old");
  });

  it.each([
    ["hash", "0x12", "BLOCK_HASH_FILE"],
    ["validators.json", "[]", "VALIDATORS_FILE"],
    ["validators.json", "{", "VALIDATORS_FILE"],
    ["validators.json", JSON.stringify([{ ...validators[0], pubkey: "0x1" }]), "VALIDATORS_FILE"],
  ])("refuses the file %s with %s", async (name, text, setting) => {
    await writeFile(join(folder, name), text);
    await expect(make()).rejects.toThrow(GenesisFileError);
    await expect(make()).rejects.toThrow(setting);
  });
});
