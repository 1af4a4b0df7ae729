import type { RpcResult } from "./pending-calls.ts";
import type { WebSocketConnection } from "./websocket-connection.ts";
import { timeoutError } from "./websocket-reasons.ts";

/** Tracks the latest block through a subscription to a node's new heads. */
export interface HeadSubscription {
  /** Subscribes on an open connection. */
  start(connection: WebSocketConnection): void;
  /** Handles a head from the node. */
  handleHead(head: unknown): void;
  /**
   * The latest block, with the hashes of its transactions. Undefined while a head is overdue or its block could not be read;
   * then the node must be asked.
   */
  latest(): Promise<RpcResult | undefined>;
  stop(): void;
}

/** Options of a subscription; times in milliseconds. */
export interface HeadSubscriptionOptions {
  /** The time limit of a call. */
  timeout: number;
  /** The time without a head after which the connection is closed. */
  headTimeout: number;
  /** Called for each head. */
  onHead(): void;
}

/** A head is overdue after this multiple of the longest recent interval between blocks. */
const patience = 3;
/** The minimum in milliseconds, for blocks in the same second and while only one block is known. */
const minPatience = 3_000;
const maxIntervals = 8;

interface Latest {
  hash: string;
  timestamp: number;
  block: Promise<RpcResult | undefined>;
  /** When the next head is overdue, by performance.now(). */
  until: number;
}

/** Creates a subscription. `start` begins it. */
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

  /** Undefined if the node does not know its own head: a load balancer may have forwarded the call to another node. */
  async function read(hash: string): Promise<RpcResult | undefined> {
    const call = { method: "eth_getBlockByHash", params: [hash, false] };
    const result = await connection?.call(call, timeout).catch(() => undefined);
    return result?.value === null ? undefined : result;
  }

  return {
    start(opened) {
      connection = opened;
      waitForHead();
      // If the node refuses the subscription, each call asks the node.
      opened.call({ method: "eth_subscribe", params: ["newHeads"] }, timeout).catch(() => undefined);
    },
    handleHead(head) {
      const { hash, timestamp } = Object(head) as { hash?: unknown; timestamp?: unknown };
      const time = Number(timestamp);
      if (typeof hash !== "string" || Number.isNaN(time)) return;
      if (latest !== undefined && latest.hash !== hash) {
        intervals = [...intervals, Math.abs(time - latest.timestamp)].slice(-maxIntervals);
      }
      // A head with a lower number is valid too, because the chain may have been reorganised.
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
