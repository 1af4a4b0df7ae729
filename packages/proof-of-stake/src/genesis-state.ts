import { bls12_381 } from "@noble/curves/bls12-381";
import { shuffledIndex, syncCommitteeSeed } from "./shuffle.ts";
import { beaconState, emptyBody, syncCommitteeSize, validators as validatorsType } from "./state-types.ts";

/** A validator that is active from the first epoch, with 32 ether. */
export interface GenesisValidator {
  pubkey: Uint8Array;
  /** The address (20 bytes) of the account that receives the rewards. */
  withdrawalAddress: Uint8Array;
}

/** The input of a genesis state. */
export interface GenesisFacts {
  validators: readonly GenesisValidator[];
  /** Hash of the execution layer's genesis block. */
  blockHash: Uint8Array;
  /** In seconds since 1970. */
  genesisTime: number;
  /** Fork versions, 4 bytes each. */
  forks: { previous: Uint8Array; current: Uint8Array };
}

const stakeGwei = 32e9;
const farFuture = 2n ** 64n - 1n;

/**
 * Creates the Capella genesis state as SSZ: initialize_beacon_state_from_eth1 of specs/capella/beacon-chain.md ("Testing"),
 * with the given validators instead of deposits.
 */
export function genesisState({ validators, blockHash, genesisTime, forks }: GenesisFacts): Uint8Array {
  const state = beaconState.defaultValue();
  const registry = validators.map(({ pubkey, withdrawalAddress }) => ({
    pubkey,
    // ETH1_ADDRESS_WITHDRAWAL_PREFIX
    withdrawalCredentials: Buffer.concat([Buffer.of(1), Buffer.alloc(11), withdrawalAddress]),
    effectiveBalance: stakeGwei,
    slashed: false,
    activationEligibilityEpoch: 0n,
    activationEpoch: 0n,
    exitEpoch: farFuture,
    withdrawableEpoch: farFuture,
  }));
  const zeros = validators.map(() => 0);
  const committee = syncCommittee(validators, blockHash);
  return beaconState.serialize({
    ...state,
    genesisTime,
    genesisValidatorsRoot: validatorsType.hashTreeRoot(registry),
    fork: { previousVersion: forks.previous, currentVersion: forks.current, epoch: 0 },
    latestBlockHeader: {
      ...state.latestBlockHeader,
      bodyRoot: emptyBody.hashTreeRoot(emptyBody.defaultValue()),
    },
    eth1Data: { ...state.eth1Data, blockHash },
    validators: registry,
    balances: validators.map(() => stakeGwei),
    randaoMixes: state.randaoMixes.map(() => blockHash),
    previousEpochParticipation: zeros,
    currentEpochParticipation: zeros,
    inactivityScores: zeros,
    currentSyncCommittee: committee,
    nextSyncCommittee: committee,
    latestExecutionPayloadHeader: { ...state.latestExecutionPayloadHeader, blockHash },
  });
}

/** get_next_sync_committee; all balances are the maximum, so every drawn validator becomes a member. */
function syncCommittee(validators: readonly GenesisValidator[], mix: Uint8Array) {
  const seed = syncCommitteeSeed(mix);
  const pubkeys = Array.from({ length: syncCommitteeSize }, (_, index) => {
    const drawn = shuffledIndex(index % validators.length, validators.length, seed);
    return validators[drawn]!.pubkey;
  });
  return { pubkeys, aggregatePubkey: bls12_381.aggregatePublicKeys(pubkeys) };
}
