import { hostOf } from "@platform/shared/clients/peer-error";
import { userAgent } from "@platform/shared/clients/user-agent";
import { createNodeClient } from "@platform/shared/ethereum/node-client";
import { nodeError } from "@platform/shared/ethereum/node-error";
import type { RpcCall, RpcClient } from "@platform/shared/ethereum/rpc-client";
import { formatEther } from "ethers";
import type { Source } from "./source.ts";
import type { ChainView } from "./view.ts";

/** Which chain, and whose ether. */
export interface ChainOptions {
  /** JSON-RPC endpoints; the first that answers is read. */
  urls: readonly string[];
  accounts: readonly string[];
  about: Pick<Source["about"], "kind" | "place">;
  canSend: boolean;
}

const patience = 5_000;
const mostBytes = 8_000_000;
/** Blocks of which the time is known; each but the oldest has a delta. */
const keptBlocks = 101;
const shownBlocks = 8;

/** A block as JSON-RPC has it, and of it what counts here. */
interface Block {
  number: string;
  hash: string;
  parentHash: string;
  timestamp: string;
  gasUsed: string;
  transactions: readonly unknown[];
}

/** The end of an Ethereum chain. */
export function chainSource({ urls, accounts, about, canSend }: ChainOptions): Source {
  const options = { maxBytes: mostBytes, userAgent: userAgent("gateway") };
  const nodes = urls.map((url) => ({ url, client: createNodeClient(new URL(url), options) }));
  let blocks: Block[] = [];

  async function read(client: RpcClient): Promise<ChainView> {
    const calls: RpcCall[] = [call("eth_chainId"), call("eth_getBlockByNumber", "latest", false)];
    const balances = accounts.map((address) => call("eth_getBalance", address, "latest"));
    const [chainId, latest, ...ether] = await client.send([...calls, ...balances], patience);
    blocks = await endOfChain(client, blocks, latest as Block);
    return {
      chainId: Number(chainId),
      peers: await peersOf(client),
      blocks: blocks.slice(-shownBlocks).reverse().map(blockView),
      deltas: blocks.slice(1).map(({ number, timestamp }, place) => ({
        number: Number(number),
        seconds: Number(timestamp) - Number(blocks[place]!.timestamp),
      })),
      accounts: accounts.map((address, place) => ({ address, ether: formatEther(ether[place] as string) })),
      canSend,
    };
  }

  return {
    about: { name: "Ethereum", setting: "GETH_RPC_ENDPOINT", ...about },
    async read() {
      let problem: unknown;
      for (const { url, client } of nodes) {
        try {
          const chain = await read(client);
          return { events: { chain }, note: `chain ${chain.chainId}, block ${chain.blocks[0]?.number}` };
        } catch (cause) {
          problem = nodeError({ setting: "GETH_RPC_ENDPOINT", host: hostOf(url) }, cause);
        }
      }
      throw problem;
    },
    async close() {
      for (const { client } of nodes) client.close();
    },
  };
}

/** The blocks up to the latest, oldest first; those that are known are not asked for, unless the chain has turned off. */
async function endOfChain(client: RpcClient, known: readonly Block[], latest: Block): Promise<Block[]> {
  const head = Number(latest.number);
  const kept = known.filter(({ number }) => Number(number) < head && Number(number) > head - keptBlocks);
  const next = kept.length === 0 ? Math.max(0, head - keptBlocks + 1) : Number(kept.at(-1)!.number) + 1;
  const missing = Array.from({ length: head - next }, (_, place) =>
    call("eth_getBlockByNumber", `0x${(next + place).toString(16)}`, false),
  );
  const found = missing.length === 0 ? [] : ((await client.send(missing, patience)) as Block[]);
  const blocks = [...kept, ...found, latest];
  if (isChain(blocks)) return blocks;
  if (kept.length > 0) return endOfChain(client, [], latest);
  throw new Error("the chain has changed while it was read");
}

function isChain(blocks: readonly (Block | null)[]): boolean {
  return blocks.every((block, place) => place === 0 || block?.parentHash === blocks[place - 1]?.hash);
}

/** Not every node tells. */
async function peersOf(client: RpcClient): Promise<number | null> {
  const [peers] = await client.send([call("net_peerCount")], patience).catch(() => [null]);
  return peers === null ? null : Number(peers);
}

function blockView({ number, hash, timestamp, transactions, gasUsed }: Block) {
  return {
    number: Number(number),
    hash,
    time: Number(timestamp) * 1_000,
    transactions: transactions.length,
    gasUsed: Number(gasUsed),
  };
}

function call(method: string, ...params: readonly unknown[]): RpcCall {
  return { method, params };
}
