import { dataLength, dataSlice, encodeRlp, keccak256, recoverAddress, Signature } from "ethers";
import type { RpcBlock } from "./rpc-types.ts";

/** A Clique header's extraData starts with 32 arbitrary bytes of the signer, and ends with the signature. */
const vanityBytes = 32;
const sealBytes = 65;
const addressBytes = 20;

/** A cache: recovering a signer takes a millisecond, and the same blocks are shown repeatedly. */
const signers = new Map<string, string | null>();
const maxSigners = 2_000;

/** Whether Clique produced a block: its difficulty is 1 or 2, and its extraData has room for a signature. Block 0 has no signature. */
export function isCliqueBlock({ difficulty, extraData, number }: RpcBlock): boolean {
  const value = Number(difficulty);
  const minBytes = vanityBytes + sealBytes;
  return Number(number) > 0 && (value === 1 || value === 2) && dataLength(extraData) >= minBytes;
}

/** Recovers the signer of a Clique block (EIP-225); null if the header has unknown fields. */
export function readSigner(block: RpcBlock): string | null {
  const cached = signers.get(block.hash);
  if (cached !== undefined) return cached;
  const signer = recoverSigner(block);
  if (signers.size >= maxSigners) signers.delete(signers.keys().next().value!);
  signers.set(block.hash, signer);
  return signer;
}

function recoverSigner(block: RpcBlock): string | null {
  const { extraData } = block;
  const signed = dataLength(extraData) - sealBytes;
  // All fields of the header are known if its hash equals the block's.
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

/** Reads the signers in a checkpoint block, such as block 0; empty for other blocks. */
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

/** Encodes an integer for RLP: its bytes without leading zeros. */
function integer(quantity: string): string {
  const digits = BigInt(quantity).toString(16);
  if (digits === "0") return "0x";
  return `0x${digits.length % 2 === 0 ? "" : "0"}${digits}`;
}
