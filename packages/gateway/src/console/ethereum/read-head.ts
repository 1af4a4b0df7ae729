import { type ChainNode, call } from "./chain-nodes.ts";
import { consensusKind, readClientVersion } from "./consensus-kind.ts";
import type { RpcBlock } from "./rpc-types.ts";
import type { ConsensusKind } from "./view.ts";

/** The latest block and the kind of consensus. */
export interface Head {
  block: RpcBlock;
  number: number;
  client: string | null;
  consensus: ConsensusKind;
}

/** Reads the latest block and the node's client version. */
export async function readHead(node: ChainNode): Promise<Head> {
  const [[block], client] = await Promise.all([
    node.send([call("eth_getBlockByNumber", "latest", false)]) as Promise<RpcBlock[]>,
    readClientVersion(node),
  ]);
  return {
    block: block!,
    number: Number(block!.number),
    client,
    consensus: consensusKind(block!, client),
  };
}
