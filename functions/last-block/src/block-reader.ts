import { blockFormats, type FormatName } from "./block-formats.ts";
import type { BlockSelector } from "./block-selector.ts";
import { BlockNotFoundError } from "./errors.ts";
import type { EthereumNodes } from "./ethereum-nodes.ts";
import { requireFields } from "./require-fields.ts";
import { createResultCache } from "./result-cache.ts";
import type { WrittenBlock } from "./write-block.ts";

/** Reads blocks from the nodes. Concurrent calls for the same block share one request; results are cached. */
export interface BlockReader {
  /**
   * Returns a block with the hashes of its transactions or with full transactions.
   * @throws BlockNotFoundError (404) and the errors of EthereumNodes.ask.
   */
  block(selector: BlockSelector, fullTransactions: boolean, format: FormatName): Promise<WrittenBlock>;
  /**
   * Returns the run of `count` headers that ends with a block; fewer when it reaches block 0.
   * @throws InvalidQueryError (400) for an unknown field, and the errors of `block`.
   */
  run(
    selector: BlockSelector,
    count: number,
    fields: readonly string[],
    format: FormatName,
  ): Promise<WrittenRun>;
  close(): void;
}

/** A run of headers, serialised. */
interface WrittenRun {
  /** The hash of the newest block. */
  hash: string;
  json: string;
}

/** Options of createBlockReader; times in milliseconds. */
export interface BlockReaderOptions {
  nodes: EthereumNodes;
  /** Time limit of a call for all nodes together. */
  totalTimeout: number;
  /** How long a mutable result is cached. */
  ttlMs: number;
}

/** Size of each of the three caches, in characters. */
const capacity = 4_000_000;

/** Creates a reader that owns the nodes: `close` closes them. */
export function createBlockReader({ nodes, totalTimeout, ttlMs }: BlockReaderOptions): BlockReader {
  const blocks = createResultCache<WrittenBlock>({ ttlMs, capacity });
  const runs = createResultCache<WrittenRun>({ ttlMs, capacity });
  // Only a hash identifies a block for good: after a reorganisation, a number may belong to another block.
  const immutable = createResultCache<WrittenBlock>({ ttlMs: Number.POSITIVE_INFINITY, capacity });

  async function fetchBlock(
    selector: BlockSelector,
    fullTransactions: boolean,
    format: FormatName,
  ): Promise<WrittenBlock> {
    const { asText, writeBlock } = blockFormats[format];
    const method = selector.by === "hash" ? "eth_getBlockByHash" : "eth_getBlockByNumber";
    const written = await nodes.ask(
      [{ method, params: [selector.value, fullTransactions], asText }],
      ([block]) => (block === null ? undefined : writeBlock(block)),
      performance.now() + totalTimeout,
    );
    if (written === undefined) throw new BlockNotFoundError(selector);
    return written;
  }

  function readBlock(
    selector: BlockSelector,
    fullTransactions: boolean,
    format: FormatName,
  ): Promise<WrittenBlock> {
    const cache = selector.by === "hash" ? immutable : blocks;
    return cache.get(`${selector.value} ${fullTransactions} ${format}`, () =>
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
    const deadline = performance.now() + totalTimeout;
    const { by, value } = selector;
    const last = by === "number" ? Number(value) : (await readBlock(selector, false, format)).number;
    const first = Math.max(0, last - count);
    const calls = Array.from({ length: last - first + 1 }, (_, index) => ({
      method: "eth_getBlockByNumber",
      params: [`0x${(first + index).toString(16)}`, false],
      asText,
    }));
    const run = await nodes.ask(
      calls,
      (results) => {
        // The block of a tag existed a moment ago, so a node without it lags behind.
        if (results.at(-1) === null && by !== "tag") return undefined;
        const written = writeRun(results, count, fields);
        return by === "hash" && written.hash !== value ? undefined : written;
      },
      deadline,
    );
    if (run === undefined) throw new BlockNotFoundError(selector);
    requireFields(fields, run.names);
    return { hash: run.hash, json: run.json };
  }

  return {
    block: readBlock,
    run: (selector, count, fields, format) =>
      runs.get(`${selector.value} ${count} ${fields} ${format}`, () =>
        fetchRun(selector, count, fields, format),
      ),
    close: nodes.close,
  };
}
