import type { RpcResult } from "./pending-calls.ts";
import type { WebSocketConnection } from "./websocket-connection.ts";
import { timeoutError } from "./websocket-reasons.ts";

/** The latest block as a node's subscription to new heads tells it. */
export interface HeadSubscription {
  /** Subscribes on an open connection. */
  start(connection: WebSocketConnection): void;
  /** Takes a head that the node sent. */
  take(head: unknown): void;
  /**
   * The latest block, with the hashes of its transactions; undefined where only the node can tell, because a head is
   * overdue or its block could not be read.
   */
  latest(): Promise<RpcResult | undefined>;
  stop(): void;
}

/** What a subscription is held to; times in milliseconds. */
export interface HeadSubscriptionOptions {
  /** How long a call may take. */
  timeout: number;
  /** After so long without a head the connection is ended. */
  headTimeout: number;
  /** Told of each head. */
  onHead(): void;
}

/** A head is overdue after so many of the longest of the last intervals between blocks. */
const patience = 3;
/** Of blocks in the same second, and while only one block is known. In milliseconds. */
const minPatience = 3_000;
const keptIntervals = 8;

interface Latest {
  hash: string;
  timestamp: number;
  block: Promise<RpcResult | undefined>;
  /** When the next head is overdue, by performance.now(). */
  until: number;
}

/** A subscription that is not started yet. */
export function createHeadSubscription(options: HeadSubscriptionOptions): HeadSubscription {
  const { timeout, headTimeout, onHead } = options;
  let connection: WebSocketConnection | undefined;
  let latest: Latest | undefined;
  let intervals: number[] = [];
  let deadline: NodeJS.Timeout | undefined;

  function waitForHead(): void {
    clearTimeout(deadline);
    const end = () => connection?.end(timeoutError(`no new block for ${headTimeout} ms`));
    deadline = setTimeout(end, headTimeout).unref();
  }

  function patienceMs(): number {
    return Math.min(headTimeout, Math.max(minPatience, patience * 1_000 * Math.max(0, ...intervals)));
  }

  /** Null where the node does not know its own head: it may be several nodes behind one address. */
  async function read(hash: string): Promise<RpcResult | undefined> {
    const call = { method: "eth_getBlockByHash", params: [hash, false] };
    const result = await connection?.call(call, timeout).catch(() => undefined);
    return result?.value === null ? undefined : result;
  }

  return {
    start(opened) {
      connection = opened;
      waitForHead();
      // Without a subscription the node is asked for each call.
      opened.call({ method: "eth_subscribe", params: ["newHeads"] }, timeout).catch(() => undefined);
    },
    take(head) {
      const { hash, timestamp } = Object(head) as { hash?: unknown; timestamp?: unknown };
      const time = Number(timestamp);
      if (typeof hash !== "string" || Number.isNaN(time)) return;
      if (latest !== undefined && latest.hash !== hash) {
        intervals = [...intervals, Math.abs(time - latest.timestamp)].slice(-keptIntervals);
      }
      // A head replaces the one before it whatever its number: the chain may have been reorganised.
      latest = { hash, timestamp: time, block: read(hash), until: performance.now() + patienceMs() };
      waitForHead();
      onHead();
    },
    async latest() {
      return latest !== undefined && performance.now() < latest.until ? latest.block : undefined;
    },
    stop: () => clearTimeout(deadline),
  };
}
