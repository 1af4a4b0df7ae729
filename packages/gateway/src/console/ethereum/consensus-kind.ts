import { getAddress, ZeroAddress } from "ethers";
import { isCliqueBlock, listedSigners, readSigner } from "./block-signer.ts";
import type { ChainNode } from "./chain-nodes.ts";
import type { RpcBlock } from "./rpc-types.ts";
import type { ConsensusKind } from "./view.ts";

/** Development nodes, which produce blocks without consensus. */
const developmentClients = /^(anvil|hardhat|ganache)/i;

/** Derives the kind of consensus from the latest block and the node's client version. */
export function consensusKind(latest: RpcBlock, client: string | null): ConsensusKind {
  if (client !== null && developmentClients.test(client)) return "development chain";
  if (isCliqueBlock(latest)) return "clique";
  if (Number(latest.number) === 0 && listedSigners(latest).length > 0) return "clique";
  return BigInt(latest.difficulty) === 0n ? "proof of stake" : "proof of work";
}

/** Reads the client version of a node; null if the node does not report it. */
export async function readClientVersion(node: ChainNode): Promise<string | null> {
  const client = await node.tryCall("web3_clientVersion");
  return typeof client === "string" ? client : null;
}

/** Returns the producer of a block: the Clique signer, else the address in the header. Block 0 and blocks with the zero address have none. */
export function readProducer(block: RpcBlock, kind: ConsensusKind): string | null {
  if (Number(block.number) === 0) return null;
  if (kind === "clique") return readSigner(block);
  return block.miner === ZeroAddress ? null : getAddress(block.miner);
}
