import { getAddress, ZeroAddress } from "ethers";
import { isCliqueBlock, listedSigners, signerOf } from "./block-signer.ts";
import type { ChainNode } from "./chain-nodes.ts";
import type { RpcBlock } from "./rpc-types.ts";
import type { ConsensusKind } from "./view.ts";

/** Nodes for development, whose blocks nobody agrees upon. */
const developmentClients = /^(anvil|hardhat|ganache)/i;

/** How the chain agrees on blocks, by its latest one and the node's program. */
export function consensusKind(latest: RpcBlock, client: string | null): ConsensusKind {
  if (client !== null && developmentClients.test(client)) return "development chain";
  if (isCliqueBlock(latest)) return "clique";
  if (Number(latest.number) === 0 && listedSigners(latest).length > 0) return "clique";
  return BigInt(latest.difficulty) === 0n ? "proof of stake" : "proof of work";
}

/** The program of a node; null where it does not tell. */
export async function clientOf(node: ChainNode): Promise<string | null> {
  const client = await node.tryCall("web3_clientVersion");
  return typeof client === "string" ? client : null;
}

/** Who made a block: the signer by Clique, else the address that the header names. Block 0 has no producer, nor has one that names the zero address. */
export function producerOf(block: RpcBlock, kind: ConsensusKind): string | null {
  if (Number(block.number) === 0) return null;
  if (kind === "clique") return signerOf(block);
  return block.miner === ZeroAddress ? null : getAddress(block.miner);
}
