import type { Block, Hello, Message } from "./message.ts";

/** What is known of a node; what it has not told is null. As JSON this is an item of `nodes`: times are RFC 3339. */
export interface NodeState {
  name: string;
  online: boolean;
  /** Since when it is online or offline. */
  since: Date;
  /** Its program, such as `Geth/signer-0/v1.13.15-stable/linux-amd64/go1.22.1`. */
  client: string | null;
  os: string | null;
  architecture: string | null;
  networkId: number | null;
  /** Where it listens for its peers. */
  port: number | null;
  protocol: string | null;
  /** Milliseconds from the node to here. */
  latency: number | null;
  active: boolean | null;
  mining: boolean | null;
  syncing: boolean | null;
  hashrate: number | null;
  peers: number | null;
  /** Wei. */
  gasPrice: number | null;
  /** Percent. */
  uptime: number | null;
  /** Transactions that wait. */
  pending: number | null;
  /** The head of its chain. */
  block: SeenBlock | null;
}

/** A block and when it was first heard of. */
interface SeenBlock extends Block {
  received: Date;
}

const unknown = {
  latency: null,
  active: null,
  mining: null,
  syncing: null,
  hashrate: null,
  peers: null,
  gasPrice: null,
  uptime: null,
  pending: null,
  block: null,
};

/** A node that has come. What it told before it went away stands until it tells otherwise. */
export function joined(previous: NodeState | undefined, { id, info }: Hello, now: Date): NodeState {
  const { node: client, os, os_v: architecture, net: networkId, port, protocol } = info;
  const own = { name: id, online: true, since: now, client, os, architecture, networkId, port, protocol };
  return { ...own, ...(previous ?? unknown), ...own };
}

/** The node after a message of its own; the same object when the message changes nothing. */
export function reported(node: NodeState, message: Message, now: Date): NodeState {
  switch (message.type) {
    case "latency":
      return { ...node, latency: message.payload.latency };
    case "pending":
      return { ...node, pending: message.payload.stats.pending };
    case "stats":
      return { ...node, ...message.payload.stats };
    case "block": {
      const { block } = message.payload;
      // Nodes tell their head again and again.
      if (block.hash === node.block?.hash) return node;
      return { ...node, block: { ...block, received: now } };
    }
    default:
      return node;
  }
}

/** A node that has gone away. */
export function left(node: NodeState, now: Date): NodeState {
  return { ...node, online: false, since: now };
}
