import clique from "../../../deploy/base/geth/genesis.json" with { type: "json" };
import proofOfStake from "../../../deploy/base/geth/genesis-proof-of-stake.json" with { type: "json" };
import proofOfWork from "../../../deploy/base/geth/genesis-proof-of-work.json" with { type: "json" };

/** The network id and chain id of the platform's network. */
export const networkId = clique.config.chainId;

/** An account with ether in the genesis block. */
export interface Funded {
  address: string;
  /** Whole ether. */
  ether: number;
}

/**
 * Creates the genesis block of the Clique network: the template in deploy/ with the funded accounts, the signers and the
 * current time. Without the time, the first block would follow decades after the genesis block.
 */
export function cliqueGenesis(funded: readonly Funded[], signers: readonly string[], now: Date) {
  return {
    ...clique,
    timestamp: toTimestamp(now),
    extraData: signersExtraData(signers),
    alloc: toAlloc(funded),
  };
}

/** Creates the genesis block of the proof-of-work network: the template in deploy/ with the funded accounts. */
export function proofOfWorkGenesis(funded: readonly Funded[]) {
  return { ...proofOfWork, alloc: toAlloc(funded) };
}

/**
 * Creates the genesis block of the execution layer of the proof-of-stake network: the template in deploy/ with the funded
 * accounts and the time. The genesis state of the consensus layer is created later, for the hash of this block.
 */
export function proofOfStakeGenesis(funded: readonly Funded[], now: Date) {
  return { ...proofOfStake, timestamp: toTimestamp(now), alloc: toAlloc(funded) };
}

/** Whole seconds, as a hexadecimal quantity. */
function toTimestamp(time: Date): string {
  return `0x${Math.floor(time.getTime() / 1000).toString(16)}`;
}

/**
 * The extraData of a Clique genesis block (EIP-225): 32 free bytes, the addresses of the signers in ascending order, 65
 * bytes for a signature, which the genesis block lacks.
 */
function signersExtraData(signers: readonly string[]): string {
  const addresses = signers.map((address) => address.slice(2).toLowerCase()).sort();
  return `0x${"00".repeat(32)}${addresses.join("")}${"00".repeat(65)}`;
}

function toAlloc(funded: readonly Funded[]) {
  const wei = (ether: number) => (BigInt(ether) * 10n ** 18n).toString();
  return Object.fromEntries(funded.map(({ address, ether }) => [address, { balance: wei(ether) }]));
}
