import { getAddress } from "ethers";
import { listedSigners } from "./block-signer.ts";
import { type ChainNode, call, quantity } from "./chain-nodes.ts";
import { readProducer } from "./consensus-kind.ts";
import { readHead } from "./read-head.ts";
import { readFinality } from "./read-network.ts";
import type { RpcBlock } from "./rpc-types.ts";
import type { CliqueView, ConsensusView, ProducerView } from "./view.ts";

/** The number of blocks to read. */
const readBlocks = 64;

/** Reads the producers of the latest blocks, and the next producer. */
export async function readConsensus(node: ChainNode): Promise<ConsensusView> {
  const head = await readHead(node);
  // Block 0 has no producer, and its time is configured in the genesis file.
  const from = Math.max(Math.min(1, head.number), head.number - readBlocks + 1);
  const calls = Array.from({ length: head.number - from + 1 }, (_, index) =>
    call("eth_getBlockByNumber", quantity(from + index), false),
  );
  const blocks = ((await node.send(calls)) as (RpcBlock | null)[]).filter((block) => block !== null);
  const kind = head.consensus;
  const producedBlocks = blocks.flatMap((block) => {
    const address = readProducer(block, kind);
    return address === null ? [] : [{ address, block }];
  });
  const meanSeconds = computeMeanSeconds(blocks);
  const signers = kind === "clique" ? await readSigners(node, producedBlocks) : undefined;
  return {
    kind,
    from,
    to: head.number,
    meanSeconds,
    producers: countProducers(producedBlocks, signers?.addresses),
    clique: signers === undefined ? null : cliqueView(head.number + 1, producedBlocks, signers),
    proofOfWork: kind === "proof of work" ? computeWork(head.block, meanSeconds) : null,
    proofOfStake:
      kind === "proof of stake" ? { latest: head.number, ...(await readFinality(node, kind)) } : null,
  };
}

interface ProducedBlock {
  address: string;
  block: RpcBlock;
}

/** Clique's signers in order of their turns. */
interface Signers {
  addresses: string[];
  source: CliqueView["source"];
}

/**
 * Reads the signers from the node. Many nodes do not offer `clique_…`. The fallback is the signers in block 0 and those of recent blocks,
 * which may include a signer that was voted out.
 */
async function readSigners(node: ChainNode, producedBlocks: readonly ProducedBlock[]): Promise<Signers> {
  const signers = await node.tryCall("clique_getSigners", "latest");
  if (Array.isArray(signers)) return { addresses: sortSigners(signers), source: "clique_getSigners" };
  const [genesis] = (await node.send([call("eth_getBlockByNumber", "0x0", false)])) as (RpcBlock | null)[];
  const listed = genesis == null ? [] : listedSigners(genesis);
  return {
    addresses: sortSigners([...listed, ...producedBlocks.map(({ address }) => address)]),
    source: "signatures",
  };
}

/** Clique orders signers by their bytes. */
function sortSigners(addresses: readonly string[]): string[] {
  return [...new Set(addresses.map((address) => address.toLowerCase()))].sort().map(getAddress);
}

function cliqueView(
  number: number,
  producedBlocks: readonly ProducedBlock[],
  { addresses, source }: Signers,
): CliqueView | null {
  const signer = addresses[number % addresses.length];
  if (signer === undefined) return null;
  // A signer may sign one of this many consecutive blocks (EIP-225, SIGNER_LIMIT).
  const limit = Math.floor(addresses.length / 2) + 1;
  const recent = producedBlocks.filter(({ block }) => Number(block.number) > number - limit);
  return { source, next: { number, signer }, waiting: recent.map(({ address }) => address) };
}

function countProducers(
  producedBlocks: readonly ProducedBlock[],
  signers: readonly string[] | undefined,
): ProducerView[] {
  const addresses = signers ?? [...new Set(producedBlocks.map(({ address }) => address))];
  const producers = addresses.map((address) => {
    const own = producedBlocks.filter((block) => block.address === address);
    const last = own.at(-1);
    return {
      address,
      blocks: own.length,
      last: last === undefined ? null : Number(last.block.number),
      // EIP-225: the in-turn signer signs with difficulty 2.
      inTurn: signers === undefined ? null : own.filter(({ block }) => Number(block.difficulty) === 2).length,
    };
  });
  return signers === undefined ? producers.sort((a, b) => b.blocks - a.blocks).slice(0, 20) : producers;
}

function computeMeanSeconds(blocks: readonly RpcBlock[]): number | null {
  const [first, last] = [blocks[0], blocks.at(-1)];
  if (first === undefined || last === undefined || first === last) return null;
  return (Number(last.timestamp) - Number(first.timestamp)) / (Number(last.number) - Number(first.number));
}

function computeWork({ difficulty }: RpcBlock, meanSeconds: number | null) {
  return {
    difficulty: String(BigInt(difficulty)),
    hashesPerSecond: meanSeconds ? Number(BigInt(difficulty)) / meanSeconds : null,
  };
}
