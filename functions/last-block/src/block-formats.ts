import { rawBlock } from "./raw-block.ts";
import { readRawRun } from "./raw-run.ts";
import { type BlockRun, readRun } from "./read-run.ts";
import { type WrittenBlock, writeBlock } from "./write-block.ts";

/** Writes blocks for responses. An error that it throws counts as a bad answer of the node. */
export interface BlockFormat {
  /** Whether the functions below take the node's JSON text instead of parsed values. */
  asText: boolean;
  /** Writes a block from a result that is not null. */
  writeBlock(result: unknown): WrittenBlock;
  /** Writes the last `count` headers of consecutive blocks; see readRun. */
  writeRun(results: readonly unknown[], count: number, fields: readonly string[]): BlockRun;
}

/** The values of the parameter `format`, the default first. */
export const formatNames = ["web3", "rpc"] as const;

export type FormatName = (typeof formatNames)[number];

/** `web3`: blocks in the form of web3.py; `rpc`: the node's own JSON. */
export const blockFormats: Readonly<Record<FormatName, BlockFormat>> = {
  web3: { asText: false, writeBlock, writeRun: readRun },
  rpc: { asText: true, writeBlock: rawBlock, writeRun: readRawRun },
};
