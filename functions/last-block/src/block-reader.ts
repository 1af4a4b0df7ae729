import { blockFormats, type FormatName } from "./block-formats.ts";
import type { BlockSelector } from "./block-selector.ts";
import { BlockNotFoundError } from "./errors.ts";
import type { EthereumNodes } from "./ethereum-nodes.ts";
import { createKeptResults } from "./kept-results.ts";
import { requireFields } from "./require-fields.ts";
import type { WrittenBlock } from "./write-block.ts";

/** Reads blocks. Those who ask for the same at the same time, or soon after, share what a node gave. */
export interface BlockReader {
  /**
   * A block, with the hashes of its transactions or with the whole transactions.
   * @throws BlockNotFoundError (404), and as EthereumNodes does.
   */
  block(selector: BlockSelector, fullTransactions: boolean, format: FormatName): Promise<WrittenBlock>;
  /**
   * The run of headers that ends with a block: `count` of them, fewer where the chain begins.
   * @throws as `block` does, and InvalidQueryError (400) for a field that there is not.
   */
  run(
    selector: BlockSelector,
    count: number,
    fields: readonly string[],
    format: FormatName,
  ): Promise<WrittenRun>;
  close(): void;
}

/** A run of headers as it is answered. */
interface WrittenRun {
  /** The newest block's hash. */
  hash: string;
  json: string;
}

/** Where blocks are read; times in milliseconds. */
export interface BlockReaderOptions {
  nodes: EthereumNodes;
  /** How long the nodes may take together. */
  totalTimeout: number;
  /** How long a result is kept that may change. */
  keepFor: number;
}

/** How much is kept of each kind, in characters. */
const capacity = 4_000_000;

/** A reader that closes the nodes with itself. */
export function createBlockReader({ nodes, totalTimeout, keepFor }: BlockReaderOptions): BlockReader {
  const blocks = createKeptResults<WrittenBlock>({ keepFor, capacity });
  const runs = createKeptResults<WrittenRun>({ keepFor, capacity });
  // Only a hash names the same block for ever: a number near the head may get another one.
  const immutable = createKeptResults<WrittenBlock>({ keepFor: Number.POSITIVE_INFINITY, capacity });

  async function fetchBlock(
    selector: BlockSelector,
    fullTransactions: boolean,
    format: FormatName,
  ): Promise<WrittenBlock> {
    const { asText, writeBlock } = blockFormats[format];
    const method = selector.by === "hash" ? "eth_getBlockByHash" : "eth_getBlockByNumber";
    const found = await nodes.ask(
      [{ method, params: [selector.value, fullTransactions], asText }],
      ([block]) => (block === null ? undefined : writeBlock(block)),
      performance.now() + totalTimeout,
    );
    if (found === undefined) throw new BlockNotFoundError(selector);
    return found;
  }

  function block(
    selector: BlockSelector,
    fullTransactions: boolean,
    format: FormatName,
  ): Promise<WrittenBlock> {
    const kept = selector.by === "hash" ? immutable : blocks;
    return kept.get(`${selector.value} ${fullTransactions} ${format}`, () =>
      fetchBlock(selector, fullTransactions, format),
    );
  }

  async function fetchRun(
    selector: BlockSelector,
    count: number,
    fields: readonly string[],
    format: FormatName,
  ): Promise<WrittenRun> {
    const { asText, writeRun } = blockFormats[format];
    const until = performance.now() + totalTimeout;
    const { by, value } = selector;
    const last = by === "number" ? Number(value) : (await block(selector, false, format)).number;
    const first = Math.max(0, last - count);
    const calls = Array.from({ length: last - first + 1 }, (_, index) => ({
      method: "eth_getBlockByNumber",
      params: [`0x${(first + index).toString(16)}`, false],
      asText,
    }));
    const run = await nodes.ask(
      calls,
      (found) => {
        // A tag's block was there just now, so a node without it is behind.
        if (found.at(-1) === null && by !== "tag") return undefined;
        const read = writeRun(found, count, fields);
        return by === "hash" && read.hash !== value ? undefined : read;
      },
      until,
    );
    if (run === undefined) throw new BlockNotFoundError(selector);
    requireFields(fields, run.names);
    return { hash: run.hash, json: run.json };
  }

  return {
    block,
    run: (selector, count, fields, format) =>
      runs.get(`${selector.value} ${count} ${fields} ${format}`, () =>
        fetchRun(selector, count, fields, format),
      ),
    close: nodes.close,
  };
}
