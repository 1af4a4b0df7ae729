/** Types of Ethereum's JSON-RPC. Quantities and bytes are hexadecimal. */

export interface RpcBlock {
  number: string;
  hash: string;
  parentHash: string;
  timestamp: string;
  gasUsed: string;
  gasLimit: string;
  miner: string;
  difficulty: string;
  extraData: string;
  logsBloom: string;
  size: string;
  baseFeePerGas?: string;
  uncles?: string[];
  withdrawals?: { index: string; validatorIndex: string; address: string; amount: string }[];
  /** Hashes or whole transactions, depending on the request. */
  transactions: readonly (string | RpcTransaction)[];
  [field: string]: unknown;
}

export interface RpcTransaction {
  hash: string;
  blockNumber: string | null;
  blockHash: string | null;
  transactionIndex: string | null;
  from: string;
  to: string | null;
  value: string;
  nonce: string;
  gas: string;
  gasPrice?: string;
  input: string;
  type?: string;
  [field: string]: unknown;
}

export interface RpcReceipt {
  /** Missing before Byzantium. */
  status?: string;
  gasUsed: string;
  effectiveGasPrice?: string;
  contractAddress: string | null;
  logs: RpcLog[];
  logsBloom: string;
  [field: string]: unknown;
}

export interface RpcLog {
  address: string;
  topics: string[];
  data: string;
  logIndex: string;
}
