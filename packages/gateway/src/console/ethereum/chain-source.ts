import { formatEther } from "ethers";
import type { Source } from "../live/source.ts";
import type { ChainView } from "../live/view.ts";
import { type ChainNode, type ChainNodes, call, quantity } from "./chain-nodes.ts";
import type { RpcBlock } from "./rpc-types.ts";

/** Options of the chain source. */
export interface ChainOptions {
  nodes: ChainNodes;
  accounts: readonly string[];
  about: Pick<Source["about"], "kind" | "place">;
  canSend: boolean;
}

/** Blocks kept for the block times; each but the oldest has a delta. */
const maxBlocks = 101;
const shownBlocks = 8;

/** Reads the latest blocks of an Ethereum chain. */
export function chainSource({ nodes, accounts, about, canSend }: ChainOptions): Source {
  let blocks: RpcBlock[] = [];

  async function read(node: ChainNode): Promise<ChainView> {
    const calls = [call("eth_chainId"), call("eth_getBlockByNumber", "latest", false)];
    const balances = accounts.map((address) => call("eth_getBalance", address, "latest"));
    const [chainId, latest, ...ether] = await node.send([...calls, ...balances]);
    blocks = await readLatestBlocks(node, blocks, latest as RpcBlock);
    const peers = await node.tryCall("net_peerCount");
    return {
      chainId: Number(chainId),
      peers: peers == null ? null : Number(peers),
      blocks: blocks.slice(-shownBlocks).reverse().map(blockView),
      deltas: computeDeltas(blocks),
      accounts: accounts.map((address, index) => ({ address, ether: formatEther(ether[index] as string) })),
      canSend,
    };
  }

  return {
    about: { name: "Ethereum", setting: "GETH_RPC_ENDPOINT", ...about },
    async read() {
      const chain = await nodes.query(read);
      return { events: { chain }, note: `chain ${chain.chainId}, block ${chain.blocks[0]?.number}` };
    },
    close: async () => nodes.close(),
  };
}

/** The time of the genesis block is arbitrary, often 0, so block 1 has no delta. */
function computeDeltas(blocks: readonly RpcBlock[]): ChainView["deltas"] {
  return blocks
    .slice(1)
    .map(({ number, timestamp }, index) => ({
      number: Number(number),
      seconds: Number(timestamp) - Number(blocks[index]!.timestamp),
    }))
    .filter(({ number }) => number > 1);
}

/** Reads the blocks up to the latest, oldest first. It requests known blocks again only after a reorganization. */
async function readLatestBlocks(
  node: ChainNode,
  known: readonly RpcBlock[],
  latest: RpcBlock,
): Promise<RpcBlock[]> {
  const head = Number(latest.number);
  const knownBlocks = known.filter(
    ({ number }) => Number(number) < head && Number(number) > head - maxBlocks,
  );
  const next =
    knownBlocks.length === 0 ? Math.max(0, head - maxBlocks + 1) : Number(knownBlocks.at(-1)!.number) + 1;
  const missing = Array.from({ length: head - next }, (_, index) =>
    call("eth_getBlockByNumber", quantity(next + index), false),
  );
  const newBlocks = missing.length === 0 ? [] : ((await node.send(missing)) as RpcBlock[]);
  const blocks = [...knownBlocks, ...newBlocks, latest];
  if (isChain(blocks)) return blocks;
  if (knownBlocks.length > 0) return readLatestBlocks(node, [], latest);
  throw new Error("the chain was reorganized during the read");
}

function isChain(blocks: readonly (RpcBlock | null)[]): boolean {
  return blocks.every((block, index) => index === 0 || block?.parentHash === blocks[index - 1]?.hash);
}

function blockView({ number, hash, timestamp, transactions, gasUsed }: RpcBlock) {
  return {
    number: Number(number),
    hash,
    time: Number(timestamp) * 1_000,
    transactions: transactions.length,
    gasUsed: Number(gasUsed),
  };
}
