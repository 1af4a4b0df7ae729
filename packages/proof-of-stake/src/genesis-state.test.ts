import { bls12_381 } from "@noble/curves/bls12-381";
import { genesisState } from "./genesis-state.ts";
import { beaconState, validators as validatorsType } from "./state-types.ts";

const hex = (digits: string) => Buffer.from(digits, "hex");
const blockHash = Buffer.alloc(32, 0xab);
const validators = [1n, 2n, 3n, 4n, 5n, 6n].map((key) => ({
  pubkey: bls12_381.getPublicKey(key),
  withdrawalAddress: hex("f39Fd6e51aad88F6F4ce6aB8827279cffFb92266"),
}));
const bytes = genesisState({
  validators,
  blockHash,
  genesisTime: 1_700_000_000,
  forks: { previous: hex("12027587"), current: hex("13027587") },
});
const state = beaconState.deserialize(bytes);

describe("genesisState", () => {
  it("has the root that Lodestar 1.5.1 computes for the same validators, hash and time", () => {
    expect(Buffer.from(beaconState.hashTreeRoot(state)).toString("hex")).toBe(
      "3ac49b0fed6de047d38ae98fe7d68ad7886a19407830b669fe8dec111a82f6e8",
    );
    expect(bytes).toHaveLength(11_655);
  });

  it("commits to the validators in genesis_validators_root", () => {
    expect(state.genesisValidatorsRoot).toEqual(validatorsType.hashTreeRoot(state.validators));
  });

  it("has validators that are active from epoch 0, with 32 ether and a withdrawal account", () => {
    expect(state.balances).toEqual(validators.map(() => 32_000_000_000));
    for (const { activationEpoch, exitEpoch, withdrawalCredentials } of state.validators) {
      expect([activationEpoch, exitEpoch]).toEqual([0n, 2n ** 64n - 1n]);
      expect(Buffer.from(withdrawalCredentials).toString("hex")).toBe(
        "010000000000000000000000f39fd6e51aad88f6f4ce6ab8827279cfffb92266",
      );
    }
  });

  it("continues from the execution layer's genesis block", () => {
    const { latestExecutionPayloadHeader, eth1Data, randaoMixes } = state;
    for (const hash of [latestExecutionPayloadHeader.blockHash, eth1Data.blockHash, randaoMixes[63]])
      expect(Buffer.from(hash!)).toEqual(blockHash);
  });

  it("aggregates the keys of the sync committee, including repeated members", () => {
    const { pubkeys, aggregatePubkey } = state.currentSyncCommittee;
    const keys = pubkeys.map((key) =>
      validators.findIndex(({ pubkey }) => Buffer.compare(pubkey, key) === 0),
    );
    const secretKeySum = keys.reduce((sum, index) => sum + BigInt(index + 1), 0n);
    expect(aggregatePubkey).toEqual(bls12_381.getPublicKey(secretKeySum));
    expect(new Set(keys).size).toBe(6);
  });
});
