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

/** Geth writes the halves of a signature as quantities, web3.py as bytes: so 32 bytes or fewer. */
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
 * Converts a JSON-RPC block, or some of its fields, to the form of web3.py 8: quantities as integers, checksummed
 * addresses, bytes as 0x-hex in lower case. Null and unknown fields stay. Names are in alphabetical order. Follows
 * web3/_utils/method_formatters.py, but accepts the long extraData of Clique.
 * @throws TypeError when a value is invalid.
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
