/**
 * What `/ui/api/ethereum/…` answers. Addresses have their checksum; amounts of ether are wei, and other integers that may exceed 2^53
 * as well, decimal digits in a string. Times are milliseconds since 1970.
 */

/** How a chain agrees on blocks. A development chain makes them by itself. */
export type ConsensusKind = "clique" | "proof of stake" | "proof of work" | "development chain";

/** `GET network` */
export interface NetworkView {
  chainId: number;
  /** Such as "Geth/v1.13.15-stable/linux-amd64/go1.22.1"; null where the node does not tell. */
  client: string | null;
  /** null where the node does not tell. */
  peers: number | null;
  latest: number;
  /** null where the chain has no such block. */
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
  /** The signer, miner or fee recipient; null where no signature tells. */
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
  /** At most 100, those from `from` on. */
  items: TransactionSummary[];
  from: number;
  /** All other fields as the node gives them. */
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
  /** null where it is not known. */
  time: number | null;
  index: number | null;
  from: string;
  /** null: it creates a contract. */
  to: string | null;
  value: string;
  /** The called method where it is a common one, such as "transfer". */
  method: string | null;
}

/** `GET transaction/HASH` */
export interface TransactionDetail extends TransactionSummary {
  /** unknown: of a chain before Byzantium, whose receipts have no status. */
  status: "pending" | "succeeded" | "reverted" | "unknown";
  /** Why it was reverted, as a call on the block before tells. */
  reason: string | null;
  blockHash: string | null;
  confirmations: number;
  nonce: string;
  type: number;
  input: string;
  /** The contract that it created. */
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

/** What moved: ether, or tokens by an event `Transfer`. */
export interface TransferView {
  kind: "ether" | "ERC-20" | "ERC-721";
  from: string;
  to: string;
  /** The contract; null for ether. */
  token: string | null;
  /** Of the contract, where it tells. */
  symbol: string | null;
  /** With the token's decimals; of ERC-721 the token's id. */
  amount: string;
}

export interface LogView {
  index: number;
  address: string;
  topics: string[];
  data: string;
  /** The event where it is a common one, such as "Transfer". */
  event: string | null;
}

/** `GET address/ADDRESS?blocks=COUNT&before=NUMBER` */
export interface AddressView {
  address: string;
  latest: number;
  balance: string;
  /** How many transactions it has sent. */
  nonce: string;
  /** Bytes of its code; 0 for an account without. */
  codeSize: number;
  /** If it is a contract that tells. */
  symbol: string | null;
  /** The blocks that were searched, both included. */
  searched: { from: number; to: number };
  /** What ended the search before all of them were seen: the time or the length of the answer; null if nothing did. */
  stopped: "time" | "length" | null;
  /** Newest first. */
  transactions: TransactionSummary[];
  /** How many of the searched blocks it produced, where blocks name their producer. */
  produced: number;
}

/** `GET search?q=TEXT` */
export interface SearchResult {
  kind: "block" | "transaction" | "address";
  /** The last segment of its page's address. */
  id: string;
}

/** `GET consensus` */
export interface ConsensusView {
  kind: ConsensusKind;
  /** The blocks that were read, both included. */
  from: number;
  to: number;
  /** The mean of the seconds between them. */
  meanSeconds: number | null;
  /** Most blocks first; with Clique, all signers by their addresses. */
  producers: ProducerView[];
  clique: CliqueView | null;
  proofOfWork: { difficulty: string; hashesPerSecond: number | null } | null;
  proofOfStake: { latest: number; safe: number | null; finalized: number | null } | null;
}

export interface ProducerView {
  address: string;
  blocks: number;
  /** The last block that it produced, of those that were read. */
  last: number | null;
  /** With Clique, how many of its blocks it signed in turn. */
  inTurn: number | null;
}

export interface CliqueView {
  /** Where the list of signers is from. */
  source: "clique_getSigners" | "signatures";
  /** The next block, and whose turn it is. */
  next: { number: number; signer: string };
  /** Signers that signed too recently to sign it. */
  waiting: string[];
}

/** `GET nodes`: what nodes report to Ethstats. */
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
