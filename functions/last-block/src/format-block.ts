import { getAddress } from "ethers";

/** A block as JSON-RPC gives it. */
export type RpcBlock = Readonly<Record<string, unknown>>;

/** A number without loss: a BigInt where a double is too small. */
export type Integer = number | bigint;

const blockQuantities = new Set([
  "baseFeePerGas",
  "blobGasUsed",
  "difficulty",
  "excessBlobGas",
  "gasLimit",
  "gasUsed",
  "number",
  "size",
  "timestamp",
  "totalDifficulty",
]);
const withdrawalQuantities = new Set(["amount", "index", "validatorIndex"]);

/**
 * A block as web3.py gives it: quantities as integers, addresses with their checksum (EIP-55), everything
 * else as it came, the keys in alphabetical order.
 * @throws Error when a quantity or an address is not one.
 */
export function formatBlock(block: RpcBlock): Record<string, unknown> {
  return convert(block, (key, value) => {
    if (blockQuantities.has(key)) return integer(value);
    if (key === "miner") return getAddress(String(value));
    if (key === "withdrawals" && Array.isArray(value)) return value.map(formatWithdrawal);
    return value;
  });
}

function formatWithdrawal(withdrawal: RpcBlock): Record<string, unknown> {
  return convert(withdrawal, (key, value) => {
    if (withdrawalQuantities.has(key)) return integer(value);
    return key === "address" ? getAddress(String(value)) : value;
  });
}

/** The object with its keys in order and each value that is not null converted. */
function convert(object: RpcBlock, value: (key: string, value: unknown) => unknown) {
  return Object.fromEntries(
    Object.keys(object)
      .sort()
      .map((key) => [key, object[key] === null ? null : value(key, object[key])]),
  );
}

function integer(quantity: unknown): Integer {
  const exact = BigInt(String(quantity));
  return exact <= Number.MAX_SAFE_INTEGER ? Number(exact) : exact;
}
