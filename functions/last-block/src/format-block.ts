import {
  address,
  addressIfOne,
  bytes,
  bytesOf,
  type Format,
  integer,
  listOf,
  objectOf,
  storageKey,
} from "./value-formats.ts";

const hash = bytesOf(32);

/** A signature's halves are quantities to Geth, but bytes to web3.py: any number of them up to 32. */
const half = bytesOf(32, { orFewer: true });

const transaction = objectOf({
  accessList: listOf(objectOf({ address, storageKeys: listOf(storageKey) })),
  authorizationList: listOf(
    objectOf({ address, chainId: integer, nonce: integer, r: integer, s: integer, yParity: integer }),
  ),
  blobVersionedHashes: listOf(hash),
  blockHash: hash,
  blockNumber: integer,
  chainId: integer,
  data: bytes,
  from: address,
  gas: integer,
  gasPrice: integer,
  hash,
  input: bytes,
  maxFeePerBlobGas: integer,
  maxFeePerGas: integer,
  maxPriorityFeePerGas: integer,
  nonce: integer,
  publicKey: bytesOf(64),
  r: half,
  raw: bytes,
  s: half,
  standardV: integer,
  to: addressIfOne,
  transactionIndex: integer,
  type: integer,
  v: integer,
  value: integer,
  yParity: integer,
});

const transactionOrHash: Format = (value) => (typeof value === "string" ? hash(value) : transaction(value));

/**
 * A block of JSON-RPC, or some fields of one, as web3.py 8 gives it: quantities as integers, addresses with their
 * checksum, bytes as 0x-hex in lower case; what is null or unknown as it came. Names are in alphabetical order.
 * After web3/_utils/method_formatters.py, with extraData as long as Clique makes it.
 * @throws Error when a value is nothing of its kind.
 */
export const formatBlock = objectOf({
  baseFeePerGas: integer,
  blobGasUsed: integer,
  difficulty: integer,
  excessBlobGas: integer,
  extraData: bytes,
  gasLimit: integer,
  gasUsed: integer,
  hash,
  logsBloom: bytesOf(256, { orFewer: true }),
  miner: address,
  mixHash: hash,
  nonce: bytesOf(8, { orFewer: true }),
  number: integer,
  parentBeaconBlockRoot: hash,
  parentHash: hash,
  receiptsRoot: hash,
  requestsHash: hash,
  sha3Uncles: hash,
  size: integer,
  stateRoot: hash,
  timestamp: integer,
  totalDifficulty: integer,
  transactions: listOf(transactionOrHash),
  transactionsRoot: hash,
  uncles: listOf(hash),
  withdrawals: listOf(objectOf({ address, amount: integer, index: integer, validatorIndex: integer })),
  withdrawalsRoot: hash,
});
