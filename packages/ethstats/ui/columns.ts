import { clientText, countText, delayText, none, percentText, shortHash, spanText } from "./format.ts";
import type { NodeView } from "./view.ts";

/** The context of a cell besides its node. */
export interface TableContext {
  /** The number of the best block. */
  best: number | null;
  /** The server's clock, in milliseconds since 1970. */
  now: number;
}

/** A column of the table of nodes. */
export interface Column {
  label: string;
  /** A class for its cells. */
  className?: string;
  text(node: NodeView, context: TableContext): string;
  /** The tooltip of a cell. */
  title?(node: NodeView): string | null | undefined;
  /** The value that the table is sorted by; null comes last. */
  order(node: NodeView): string | number | null;
  /** A class for a cell in this state. */
  state?(node: NodeView, context: TableContext): string;
  /** Adds a small histogram of the node's propagation. */
  hasHistogram?: true;
}

/** A node with this lag in blocks is marked. One block is normal, because propagation takes a moment. */
const lagging = 2;

export const columns: readonly Column[] = [
  { label: "Node", text: ({ name }) => name, order: ({ name }) => name },
  {
    label: "State",
    text: ({ online, syncing, since }, { now }) =>
      online ? (syncing ? "syncing" : "online") : `offline ${spanText(now - Date.parse(since))}`,
    state: ({ online, syncing }) => (online ? (syncing ? "syncing" : "online") : "offline"),
    order: ({ online, syncing }) => (online ? (syncing ? 1 : 2) : 0),
  },
  { label: "Client", text: clientText, title: ({ client }) => client, order: clientText },
  number("Latency", ({ latency }) => latency, delayText),
  {
    label: "Mining",
    text: ({ mining }) => (mining === null ? none : mining ? "yes" : "no"),
    order: ({ mining }) => (mining === null ? null : Number(!mining)),
  },
  number("Peers", ({ peers }) => peers, countText),
  number("Pending", ({ pending }) => pending, countText),
  {
    ...number("Block", ({ block }) => block?.number ?? null, countText),
    text: ({ online, block }, { best }) => {
      const behind = online && block !== null ? (best ?? 0) - block.number : 0;
      return `${countText(block?.number ?? null)}${behind > 0 ? ` (−${countText(behind)})` : ""}`;
    },
    state: ({ online, syncing, block }, { best }) => {
      const isBehind = online && block !== null && (best ?? 0) - block.number >= lagging;
      return isBehind ? (syncing ? "syncing" : "lagging") : "";
    },
  },
  {
    label: "Hash",
    className: "hash",
    text: ({ block }) => shortHash(block?.hash),
    title: ({ block }) => block?.hash,
    order: ({ block }) => block?.hash ?? null,
  },
  {
    ...number("Age", ({ block }) => (block === null ? null : -Date.parse(block.received)), String),
    text: ({ block }, { now }) => (block === null ? none : spanText(now - Date.parse(block.received))),
  },
  number("Txs", ({ block }) => block?.transactions ?? null, countText),
  number("Uncles", ({ block }) => block?.uncles ?? null, countText),
  number("Uptime", ({ uptime }) => uptime, percentText),
  {
    ...number("Propagation", ({ propagation }) => propagation.milliseconds, delayText),
    className: "number wide",
    title: ({ propagation }) => `average ${delayText(propagation.average)}`,
    hasHistogram: true,
  },
];

function number(
  label: string,
  read: (node: NodeView) => number | null,
  text: (value: number | null) => string,
): Column {
  return { label, className: "number", text: (node) => text(read(node)), order: read };
}
