/**
 * The answers of `/ui/api/ethereum/…`. Addresses have their checksum. Amounts of ether are in wei. Integers that may exceed 2^53 are
 * strings of decimal digits. Times are milliseconds since 1970.
 */

/** The kind of consensus. A development chain has a single node and no consensus. */
export type ConsensusKind = "clique" | "proof of stake" | "proof of work" | "development chain";

/** `GET network` */
export interface NetworkView {
  chainId: number;
  /** Such as "Geth/v1.13.15-stable/linux-amd64/go1.22.1"; null if the node does not report it. */
  client: string | null;
  /** null if the node does not report it. */
  peers: number | null;
  latest: number;
  /** null if the chain has no such block. */
  safe: number | null;
  finalized: number | null;
  gasPrice: string | null;
  consensus: ConsensusKind;
  /** Whether ETHSTATS_URL is set. */
  hasEthstats: boolean;
  /** ETHSTATS_PAGE. */
  ethstatsPage: string | null;
}

/** `GET blocks?before=NUMBER&limit=COUNT`, newest first. */
export interface BlocksPage {
  latest: number;
  consensus: ConsensusKind;
  blocks: BlockSummary[];
}

export interface BlockSummary {
  number: number;
  hash: string;
  time: number;
  transactions: number;
  gasUsed: number;
  gasLimit: number;
  /** The signer, miner or fee recipient; null if it is unknown. */
  producer: string | null;
}

/** `GET block/NUMBER|HASH|latest?from=INDEX` */
export interface BlockDetail extends BlockSummary {
  latest: number;
  consensus: ConsensusKind;
  parentHash: string;
  size: number;
  difficulty: string;
  baseFee: string | null;
  extraData: string;
  logsBloom: string;
  uncles: string[];
  withdrawals: WithdrawalView[];
  /** At most 100 transactions, from the index `from` on. */
  items: TransactionSummary[];
  from: number;
  /** All other fields, unmodified. */
  others: Record<string, unknown>;
}

interface WithdrawalView {
  index: string;
  validator: string;
  address: string;
  value: string;
}

export interface TransactionSummary {
  hash: string;
  /** null while it is pending. */
  block: number | null;
  /** null if it is unknown. */
  time: number | null;
  index: number | null;
  from: string;
  /** null for a contract creation. */
  to: string | null;
  value: string;
  /** The name of a common method, such as "transfer". */
  method: string | null;
}

/** `GET transaction/HASH` */
export interface TransactionDetail extends TransactionSummary {
  /** unknown: receipts before Byzantium have no status. */
  status: "pending" | "succeeded" | "reverted" | "unknown";
  /** The reason of the revert, from a repeated call on the previous block. */
  reason: string | null;
  blockHash: string | null;
  confirmations: number;
  nonce: string;
  type: number;
  input: string;
  /** The address of the created contract. */
  created: string | null;
  gasLimit: string;
  gasUsed: string | null;
  gasPrice: string | null;
  fee: string | null;
  transfers: TransferView[];
  logs: LogView[];
  logsBloom: string | null;
  others: Record<string, unknown>;
}

/** A transfer of ether, or of tokens by an event `Transfer`. */
export interface TransferView {
  kind: "ether" | "ERC-20" | "ERC-721";
  from: string;
  to: string;
  /** The contract; null for ether. */
  token: string | null;
  /** The symbol of the contract, if it reports one. */
  symbol: string | null;
  /** The amount in units of the token; for ERC-721 the token's id. */
  amount: string;
}

export interface LogView {
  index: number;
  address: string;
  topics: string[];
  data: string;
  /** The name of a common event, such as "Transfer". */
  event: string | null;
}

/** `GET address/ADDRESS?blocks=COUNT&before=NUMBER` */
export interface AddressView {
  address: string;
  latest: number;
  balance: string;
  /** The number of sent transactions. */
  nonce: string;
  /** The size of its code in bytes; 0 without code. */
  codeSize: number;
  /** The symbol of a contract that reports one. */
  symbol: string | null;
  /** The searched blocks, inclusive. */
  searched: { from: number; to: number };
  /** The limit that stopped the search early: time, or the length of the answer; null for a complete search. */
  stopped: "time" | "length" | null;
  /** Newest first. */
  transactions: TransactionSummary[];
  /** The number of searched blocks that it produced, if blocks name their producer. */
  produced: number;
}

/** `GET search?q=TEXT` */
export interface SearchResult {
  kind: "block" | "transaction" | "address";
  /** The last segment of the page's path. */
  id: string;
}

/** `GET consensus` */
export interface ConsensusView {
  kind: ConsensusKind;
  /** The read blocks, inclusive. */
  from: number;
  to: number;
  /** The mean time between them, in seconds. */
  meanSeconds: number | null;
  /** Ordered by blocks, most first; with Clique, all signers ordered by address. */
  producers: ProducerView[];
  clique: CliqueView | null;
  proofOfWork: { difficulty: string; hashesPerSecond: number | null } | null;
  proofOfStake: { latest: number; safe: number | null; finalized: number | null } | null;
}

export interface ProducerView {
  address: string;
  blocks: number;
  /** Its last block among the read ones. */
  last: number | null;
  /** With Clique, the number of blocks that it signed in turn. */
  inTurn: number | null;
}

export interface CliqueView {
  /** The source of the list of signers. */
  source: "clique_getSigners" | "signatures";
  /** The next block and its in-turn signer. */
  next: { number: number; signer: string };
  /** Signers that signed too recently to sign the next block. */
  waiting: string[];
}

/** `GET nodes`: a node that reports to Ethstats. */
export interface EthstatsNodes {
  nodes: EthstatsNode[];
}

export interface EthstatsNode {
  name: string;
  online: boolean;
  syncing: boolean;
  client: string | null;
  peers: number | null;
  pending: number | null;
  latencyMs: number | null;
  block: number | null;
  blockReceived: number | null;
}
