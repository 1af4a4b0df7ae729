import { type ChainNode, call } from "./chain-nodes.ts";
import { readHead } from "./read-head.ts";
import type { RpcBlock } from "./rpc-types.ts";
import type { ConsensusKind, NetworkView } from "./view.ts";

/** Reads the node's facts about its chain. */
export async function readNetwork(
  node: ChainNode,
): Promise<Omit<NetworkView, "hasEthstats" | "ethstatsPage">> {
  const [head, [chainId], peers, gasPrice] = await Promise.all([
    readHead(node),
    node.send([call("eth_chainId")]),
    node.tryCall("net_peerCount"),
    node.tryCall("eth_gasPrice"),
  ]);
  return {
    chainId: Number(chainId),
    client: head.client,
    peers: peers == null ? null : Number(peers),
    latest: head.number,
    ...(await readFinality(node, head.consensus)),
    gasPrice: gasPrice == null ? null : String(BigInt(gasPrice as string)),
    consensus: head.consensus,
  };
}

/** Reads the numbers of the safe and the finalized block, which exist only with proof of stake. */
export async function readFinality(
  node: ChainNode,
  consensus: ConsensusKind,
): Promise<{ safe: number | null; finalized: number | null }> {
  if (consensus !== "proof of stake") return { safe: null, finalized: null };
  const [safe, finalized] = await Promise.all(
    ["safe", "finalized"].map(
      (tag) => node.tryCall("eth_getBlockByNumber", tag, false) as Promise<RpcBlock | null | undefined>,
    ),
  );
  return {
    safe: safe == null ? null : Number(safe.number),
    finalized: finalized == null ? null : Number(finalized.number),
  };
}
