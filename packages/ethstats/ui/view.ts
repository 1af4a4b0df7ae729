/** What the server sends: `GET /api/nodes` and the event `snapshot`. */
export interface NetworkView {
  /** The server's clock. */
  time: string;
  nodes: readonly NodeView[];
  /** The last 50 blocks of the best chain, by number. */
  blocks: readonly BlockView[];
}

/** A node. Null stands for what it has not reported. */
export interface NodeView {
  name: string;
  online: boolean;
  /** When it went online or offline. */
  since: string;
  client: string | null;
  version: string | null;
  networkId: number | null;
  /** Milliseconds. */
  latency: number | null;
  mining: boolean | null;
  syncing: boolean | null;
  peers: number | null;
  pending: number | null;
  /** Wei. */
  gasPrice: number | null;
  /** Percent. */
  uptime: number | null;
  propagation: PropagationView;
  block: HeadView | null;
}

/** How long after the first node a node reports its blocks. */
export interface PropagationView {
  /** Of its last block. */
  milliseconds: number | null;
  /** Mean of its last 50 blocks. */
  average: number | null;
  /** How many of its last 50 blocks are in each bucket. */
  histogram: readonly number[];
}

/** The fields that the head of a node and a block of the chain have in common. */
interface BlockFields {
  number: number;
  hash: string;
  miner: string | null;
  /** Seconds since 1970. */
  timestamp: number | null;
  transactions: number | null;
  uncles: number | null;
  gasUsed: number | null;
  gasLimit: number | null;
  difficulty: number | null;
}

/** The head of a node's chain. */
export interface HeadView extends BlockFields {
  /** When the node reported it. */
  received: string;
  /** Wei. */
  baseFeePerGas: number | null;
}

/** A block of the best chain. */
export interface BlockView extends BlockFields {
  /** Seconds since the block before it. */
  seconds: number | null;
  /** Mean milliseconds behind the first node that reported it. */
  propagation: number | null;
}
