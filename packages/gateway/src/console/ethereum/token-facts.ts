import { AbiCoder, dataLength, decodeBytes32String } from "ethers";
import type { ChainNode } from "./chain-nodes.ts";

/** The symbol and decimals in a token's contract. */
export interface TokenFacts {
  symbol: string | null;
  decimals: number | null;
}

const symbolCall = "0x95d89b41";
const decimalsCall = "0x313ce567";
const longestSymbol = 32;
/** The limit of plausible decimals. */
const maxDecimals = 77;

/** Reads symbol and decimals from a contract; null if it does not report them. */
export async function readTokenFacts(node: ChainNode, token: string): Promise<TokenFacts> {
  const ask = (selector: string) => node.tryCall("eth_call", { to: token, data: selector }, "latest");
  const [symbol, decimals] = await Promise.all([ask(symbolCall), ask(decimalsCall)]);
  return { symbol: readSymbol(symbol), decimals: readDecimals(decimals) };
}

/** Decodes a string, or the 32 bytes of early tokens. */
function readSymbol(answer: unknown): string | null {
  if (typeof answer !== "string") return null;
  try {
    const text =
      dataLength(answer) === 32
        ? decodeBytes32String(answer)
        : String(AbiCoder.defaultAbiCoder().decode(["string"], answer)[0]);
    const printable = text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, "").slice(0, longestSymbol);
    return printable === "" ? null : printable;
  } catch {
    return null;
  }
}

function readDecimals(answer: unknown): number | null {
  if (typeof answer !== "string" || !/^0x[\da-f]{64}$/i.test(answer)) return null;
  const decimals = BigInt(answer);
  return decimals <= BigInt(maxDecimals) ? Number(decimals) : null;
}
