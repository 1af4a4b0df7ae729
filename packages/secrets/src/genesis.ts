import clique from "../../../deploy/base/geth/genesis.json" with { type: "json" };
import proofOfStake from "../../../deploy/base/geth/genesis-proof-of-stake.json" with { type: "json" };
import proofOfWork from "../../../deploy/base/geth/genesis-proof-of-work.json" with { type: "json" };

/** Network id and chain id of the platform's network. */
export const networkId = clique.config.chainId;

/** An account that has ether from the first block on. */
export interface Funded {
  address: string;
  /** In ether, whole. */
  ether: number;
}

/**
 * The genesis block of the Clique network: the template in deploy/ with the funded accounts, the signers and the time, so
 * that the first block is not decades after it.
 */
export function cliqueGenesis(funded: readonly Funded[], signers: readonly string[], now: Date) {
  return {
    ...clique,
    timestamp: toTimestamp(now),
    extraData: signersExtraData(signers),
    alloc: allocOf(funded),
  };
}

/** The genesis block of the proof-of-work network: the template in deploy/ with the funded accounts. */
export function proofOfWorkGenesis(funded: readonly Funded[]) {
  return { ...proofOfWork, alloc: allocOf(funded) };
}

/**
 * The genesis block of the proof-of-stake network's execution layer: the template in deploy/ with the funded accounts
 * and the time. The consensus layer's genesis state is made later, for this block's hash.
 */
export function proofOfStakeGenesis(funded: readonly Funded[], now: Date) {
  return { ...proofOfStake, timestamp: toTimestamp(now), alloc: allocOf(funded) };
}

/** Whole seconds, as a hexadecimal quantity. */
function toTimestamp(time: Date): string {
  return `0x${Math.floor(time.getTime() / 1000).toString(16)}`;
}

/**
 * The extraData of a Clique genesis block: 32 bytes for whatever one likes, the signers' addresses in ascending
 * order, 65 bytes for a signature that the genesis block lacks (EIP-225).
 */
function signersExtraData(signers: readonly string[]): string {
  const addresses = signers.map((address) => address.slice(2).toLowerCase()).sort();
  return `0x${"00".repeat(32)}${addresses.join("")}${"00".repeat(65)}`;
}

function allocOf(funded: readonly Funded[]) {
  const wei = (ether: number) => (BigInt(ether) * 10n ** 18n).toString();
  return Object.fromEntries(funded.map(({ address, ether }) => [address, { balance: wei(ether) }]));
}
