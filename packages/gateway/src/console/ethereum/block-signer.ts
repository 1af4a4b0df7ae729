import { dataLength, dataSlice, encodeRlp, keccak256, recoverAddress, Signature } from "ethers";
import type { RpcBlock } from "./rpc-types.ts";

/** Clique keeps 32 bytes of the signer's own first, and the signature last, in a header's extraData. */
const vanityBytes = 32;
const sealBytes = 65;
const addressBytes = 20;

/** Recovering takes a millisecond; blocks are shown again and again. */
const known = new Map<string, string | null>();
const mostKnown = 2_000;

/** Whether Clique made a block: the difficulty is 1 or 2, and there is room for a signature. Block 0 has none. */
export function isCliqueBlock({ difficulty, extraData, number }: RpcBlock): boolean {
  const value = Number(difficulty);
  const least = vanityBytes + sealBytes;
  return Number(number) > 0 && (value === 1 || value === 2) && dataLength(extraData) >= least;
}

/** The address that signed a block by Clique (EIP-225); null where the header has fields that are not known here. */
export function signerOf(block: RpcBlock): string | null {
  const before = known.get(block.hash);
  if (before !== undefined) return before;
  const signer = recoverSigner(block);
  if (known.size >= mostKnown) known.delete(known.keys().next().value!);
  known.set(block.hash, signer);
  return signer;
}

function recoverSigner(block: RpcBlock): string | null {
  const { extraData } = block;
  const signed = dataLength(extraData) - sealBytes;
  // The header is known in full if its hash is the block's.
  if (keccak256(encodeHeader(block, extraData)) !== block.hash) return null;
  const digest = keccak256(encodeHeader(block, dataSlice(extraData, 0, signed)));
  const seal = dataSlice(extraData, signed);
  const parity = Number(dataSlice(seal, 64));
  try {
    const signature = Signature.from({
      r: dataSlice(seal, 0, 32),
      s: dataSlice(seal, 32, 64),
      yParity: parity === 1 ? 1 : 0,
    });
    return recoverAddress(digest, signature);
  } catch {
    return null;
  }
}

/** The signers that a checkpoint block lists, block 0 among them; empty for other blocks. */
export function listedSigners({ extraData }: RpcBlock): string[] {
  const length = dataLength(extraData) - vanityBytes - sealBytes;
  if (length <= 0 || length % addressBytes !== 0) return [];
  return Array.from({ length: length / addressBytes }, (_, index) => {
    const start = vanityBytes + addressBytes * index;
    return dataSlice(extraData, start, start + addressBytes);
  });
}

function encodeHeader(block: RpcBlock, extraData: string): string {
  const bytes = (name: string) => String(block[name]);
  const fields = [
    block.parentHash,
    bytes("sha3Uncles"),
    block.miner,
    bytes("stateRoot"),
    bytes("transactionsRoot"),
    bytes("receiptsRoot"),
    block.logsBloom,
    integer(block.difficulty),
    integer(block.number),
    integer(block.gasLimit),
    integer(block.gasUsed),
    integer(block.timestamp),
    extraData,
    bytes("mixHash"),
    bytes("nonce"),
  ];
  return encodeRlp(block.baseFeePerGas === undefined ? fields : [...fields, integer(block.baseFeePerGas)]);
}

/** An integer as RLP has it: its bytes without leading zeros. */
function integer(quantity: string): string {
  const digits = BigInt(quantity).toString(16);
  if (digits === "0") return "0x";
  return `0x${digits.length % 2 === 0 ? "" : "0"}${digits}`;
}
