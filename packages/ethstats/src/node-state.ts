import { clientVersion } from "./clients.ts";
import type { Message } from "./message.ts";
import type { Block, Hello } from "./payloads.ts";
import { type Delays, emptyDelays, type Propagation, toPropagation } from "./propagation.ts";
import { percentOnline, started, stopped, type Uptime } from "./uptime.ts";

/** The reported facts of a node; a missing fact is null. */
interface NodeFacts {
  name: string;
  online: boolean;
  /** When the node went online or offline. */
  since: Date;
  /** The program, such as `Geth/signer-0/v1.13.15-stable/linux-amd64/go1.22.1`. */
  client: string | null;
  /** The version in `client`. */
  version: string | null;
  os: string | null;
  architecture: string | null;
  networkId: number | null;
  /** The port on which it listens for peers. */
  port: number | null;
  protocol: string | null;
  /** Milliseconds from the node to this server. */
  latency: number | null;
  active: boolean | null;
  mining: boolean | null;
  syncing: boolean | null;
  hashrate: number | bigint | null;
  peers: number | null;
  /** Wei. */
  gasPrice: number | bigint | null;
  /** Pending transactions. */
  pending: number | null;
  /** The head of its chain. */
  block: ReportedBlock | null;
}

/** A node as JSON, an item of `nodes`: times are RFC 3339. */
export interface NodeState extends NodeFacts {
  /** Percent of the time since it first reported. */
  uptime: number;
  propagation: Propagation;
}

/** The stored state of a node. */
export interface NodeRecord {
  facts: NodeFacts;
  uptime: Uptime;
  delays: Delays;
}

/** A block with the time of its first report by this node. */
interface ReportedBlock extends Block {
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
  pending: null,
  block: null,
};

/** Returns a node that comes online. Its earlier facts stay until it reports again. */
export function joined(
  previous: NodeRecord | undefined,
  name: string,
  { info }: Hello,
  now: Date,
): NodeRecord {
  const { node: client, os, os_v: architecture, net: networkId, port, protocol } = info;
  const own = { name, online: true, since: now, client, version: clientVersion(client) };
  const system = { os, architecture, networkId, port, protocol };
  return {
    facts: { ...own, ...system, ...(previous?.facts ?? unknown), ...own, ...system },
    uptime: started(previous?.uptime, now.getTime()),
    delays: previous?.delays ?? emptyDelays,
  };
}

/** Returns the facts after a message; the same object when the message changes nothing. */
export function reported(facts: NodeFacts, message: Message, now: Date): NodeFacts {
  switch (message.type) {
    case "latency":
      return withChanges(facts, message.payload);
    case "pending":
      return withChanges(facts, message.payload);
    case "stats":
      return withChanges(facts, message.payload.stats);
    case "block": {
      const { block } = message.payload;
      // Nodes repeat reports of their head.
      if (block.hash === facts.block?.hash) return facts;
      return { ...facts, block: { ...block, received: now } };
    }
    default:
      return facts;
  }
}

/** Returns a node that goes offline. */
export function setOffline({ facts, uptime, delays }: NodeRecord, now: Date): NodeRecord {
  return { facts: { ...facts, online: false, since: now }, uptime: stopped(uptime, now.getTime()), delays };
}

/** Converts a node to its JSON form. */
export function toNodeState({ facts, uptime, delays }: NodeRecord, now: Date): NodeState {
  return { ...facts, uptime: percentOnline(uptime, now.getTime()), propagation: toPropagation(delays) };
}

function withChanges(facts: NodeFacts, changes: Partial<NodeFacts>): NodeFacts {
  const keys = Object.keys(changes) as (keyof NodeFacts)[];
  return keys.every((key) => facts[key] === changes[key]) ? facts : { ...facts, ...changes };
}
