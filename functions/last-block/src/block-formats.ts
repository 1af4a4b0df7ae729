import { blockAsSent } from "./block-as-sent.ts";
import { type BlockRun, readRun } from "./read-run.ts";
import { runAsSent } from "./run-as-sent.ts";
import { type WrittenBlock, writeBlock } from "./write-block.ts";

/** How blocks are answered. What it throws is a bad answer of the node. */
export interface BlockFormat {
  /** Wants results as the node wrote them. */
  asText: boolean;
  /** A block of a result that is not null. */
  writeBlock(result: unknown): WrittenBlock;
  /** The last `count` headers of consecutive blocks, as readRun explains. */
  writeRun(results: readonly unknown[], count: number, fields: readonly string[]): BlockRun;
}

/** The values of the parameter `format`, the default first. */
export const formatNames = ["web3", "rpc"] as const;

export type FormatName = (typeof formatNames)[number];

/** The formats: as web3.py gives blocks, and the node's own JSON. */
export const blockFormats: Readonly<Record<FormatName, BlockFormat>> = {
  web3: { asText: false, writeBlock, writeRun: readRun },
  rpc: { asText: true, writeBlock: blockAsSent, writeRun: runAsSent },
};
