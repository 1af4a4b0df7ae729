import {
  address,
  addressOrOther,
  bytes,
  type Format,
  fixedBytes,
  integer,
  listFormat,
  objectFormat,
  storageKey,
} from "./value-formats.ts";

const hash = fixedBytes(32);

/** Geth writes the halves of a signature as quantities, web3.py as bytes: so 32 bytes or fewer. */
const half = fixedBytes(32, { orFewer: true });

const transaction = objectFormat({
  accessList: listFormat(objectFormat({ address, storageKeys: listFormat(storageKey) })),
  authorizationList: listFormat(
    objectFormat({ address, chainId: integer, nonce: integer, r: integer, s: integer, yParity: integer }),
  ),
  blobVersionedHashes: listFormat(hash),
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
  publicKey: fixedBytes(64),
  r: half,
  raw: bytes,
  s: half,
  standardV: integer,
  to: addressOrOther,
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
export const formatBlock = objectFormat({
  baseFeePerGas: integer,
  blobGasUsed: integer,
  difficulty: integer,
  excessBlobGas: integer,
  extraData: bytes,
  gasLimit: integer,
  gasUsed: integer,
  hash,
  logsBloom: fixedBytes(256, { orFewer: true }),
  miner: address,
  mixHash: hash,
  nonce: fixedBytes(8, { orFewer: true }),
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
  transactions: listFormat(transactionOrHash),
  transactionsRoot: hash,
  uncles: listFormat(hash),
  withdrawals: listFormat(
    objectFormat({ address, amount: integer, index: integer, validatorIndex: integer }),
  ),
  withdrawalsRoot: hash,
});
