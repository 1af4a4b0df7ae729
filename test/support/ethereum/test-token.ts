import { hexlify, id, toBeHex, toUtf8Bytes, zeroPadBytes } from "ethers";

/** The revert reason for unknown calls. */
export const testTokenReason = "no such method here";

/** Bytes, or the label of a jump destination. */
type Item = string | { jump: string } | { label: string };

const word = (value: string | number | bigint) =>
  (typeof value === "string" ? value.replace(/^0x/, "") : BigInt(value).toString(16)).padStart(64, "0");
const selector = (method: string) => id(method).slice(2, 10);
const text32 = (text: string) => zeroPadBytes(hexlify(toUtf8Bytes(text)), 32).slice(2);

/** DUP1 PUSH4 selector EQ PUSH2 label JUMPI */
const branch = (method: string, jump: string): Item[] => [`8063${selector(method)}14`, { jump }, "57"];
/** PUSH32 value PUSH1 0 MSTORE PUSH1 32 PUSH1 0 RETURN */
const returns = (value: string) => `7f${value}60005260206000f3`;
/** PUSH1 offset CALLDATALOAD */
const argument = (index: number) => `60${(4 + 32 * index).toString(16).padStart(2, "0")}35`;
const transferTopic = `7f${id("Transfer(address,address,uint256)").slice(2)}`;

/**
 * A contract that emits the events of both token standards: `transfer` that of ERC-20, `safeTransferFrom` that of ERC-721. Its symbol is TOK, it has 2
 * decimals, and it stores no balances.
 */
const program: readonly Item[] = [
  "60003560e01c", // the selector
  ...branch("symbol()", "symbol"),
  ...branch("decimals()", "decimals"),
  ...branch("transfer(address,uint256)", "transfer"),
  ...branch("safeTransferFrom(address,address,uint256)", "nft"),
  // Error(string)
  `7f${`08c379a0`.padEnd(64, "0")}600052`,
  `7f${word(32)}600452`,
  `7f${word(testTokenReason.length)}602452`,
  `7f${text32(testTokenReason)}604452`,
  "60646000fd",
  { label: "symbol" },
  returns(text32("TOK")),
  { label: "decimals" },
  returns(word(2)),
  { label: "transfer" },
  `${argument(1)}600052`, // the amount is the data
  argument(0),
  "33", // CALLER
  transferTopic,
  "60206000a3",
  returns(word(1)),
  { label: "nft" },
  argument(2),
  argument(1),
  argument(0),
  transferTopic,
  "60006000a4",
  "00",
];

/** The input of a transaction that creates the contract. */
export function testTokenCreation(): string {
  const runtime = assemble(program);
  const length = (runtime.length / 2).toString(16).padStart(4, "0");
  // PUSH2 length DUP1 PUSH1 12 PUSH1 0 CODECOPY PUSH1 0 RETURN
  return `0x61${length}80600c6000396000f3${runtime}`;
}

/** The input of a call. */
export function testTokenCall(method: string, ...values: readonly (string | number)[]): string {
  return `0x${selector(method)}${values.map(word).join("")}`;
}

function assemble(items: readonly Item[]): string {
  const labels = new Map<string, number>();
  let offset = 0;
  for (const item of items) {
    if (typeof item !== "string" && "label" in item) labels.set(item.label, offset);
    offset += typeof item === "string" ? item.length / 2 : "label" in item ? 1 : 3;
  }
  return items
    .map((item) => {
      if (typeof item === "string") return item;
      if ("label" in item) return "5b"; // JUMPDEST
      return `61${toBeHex(labels.get(item.jump)!, 2).slice(2)}`; // PUSH2
    })
    .join("");
}
