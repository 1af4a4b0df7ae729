import { Backoff } from "../clients/backoff.ts";
import { mapInParallel } from "../clients/map-in-parallel.ts";
import { createHeadSubscription, type HeadSubscription } from "./head-subscription.ts";
import { observed } from "./observe-rpc-call.ts";
import type { RpcResult } from "./pending-calls.ts";
import type { RpcCall, RpcClient, RpcClientOptions } from "./rpc-client.ts";
import { openWebSocket, type WebSocketConnection } from "./websocket-connection.ts";

/** What a client is held to; times in milliseconds. */
export interface WebSocketClientOptions extends RpcClientOptions {
  /** How long the opening, and a call of the client's own, may take. */
  timeout?: number;
  /** After so long without a new block the connection is replaced. */
  headTimeout?: number;
  /** The pause between pings. */
  pingEvery?: number;
  /** After so long without a call the connection is closed, until the next call. */
  idleTimeout?: number;
  /** Told when the latest block is known without calls, and why that has ended. */
  onSubscription?(problem: string | undefined): void;
}

const reconnect = { firstMs: 100, longestMs: 5_000 };
interface Session {
  connection: WebSocketConnection;
  heads: HeadSubscription;
  openedAt: number;
  isFollowing: boolean;
  /** The chain's id, once it was asked for: the same for the whole connection. */
  chainId: Promise<RpcResult> | undefined;
}

/**
 * A client over a WebSocket that is opened at the first call. A subscription to new heads keeps the latest block, so
 * that calls for it need no call of the node; other calls go over the WebSocket. After a failure it reconnects in the
 * background with growing pauses, in which calls are rejected at once.
 */
export function createWebSocketClient(url: URL, options: WebSocketClientOptions): RpcClient {
  const { timeout = 5_000, headTimeout = 60_000, pingEvery = 5_000, onSubscription } = options;
  const { maxBytes, batchSize = 100, userAgent, idleTimeout = 300_000, onCall } = options;
  const backoff = new Backoff(reconnect);
  let session: Session | undefined;
  /** Why there is no session; undefined before the first. */
  let problem: Error | undefined;
  let pause: NodeJS.Timeout | undefined;
  let lastCall = 0;
  let isClosed = false;

  function connect(): Session {
    const heads = createHeadSubscription({ timeout, headTimeout, onHead: () => follow(next) });
    const connection = openWebSocket(url, {
      ...{ maxBytes, userAgent, pingEvery },
      openTimeout: timeout,
      onNotification: heads.take,
      onEnd: (reason) => lose(next, reason),
    });
    const next: Session = { connection, heads, openedAt: 0, isFollowing: false, chainId: undefined };
    connection.opened.then(
      () => {
        next.openedAt = performance.now();
        heads.start(connection);
      },
      () => undefined, // `lose` hears of it
    );
    problem = undefined;
    session = next;
    return next;
  }

  function follow(current: Session): void {
    if (performance.now() - lastCall > idleTimeout) leave();
    else if (!current.isFollowing) {
      current.isFollowing = true;
      onSubscription?.(undefined);
    }
  }

  /** Closes the session; the next call opens another. */
  function leave(): void {
    session?.heads.stop();
    session?.connection.close();
    session = undefined;
  }

  function lose(lost: Session, reason: Error): void {
    lost.heads.stop();
    if (session !== lost) return;
    session = undefined;
    if (lost.isFollowing) onSubscription?.(reason.message);
    const now = performance.now();
    if (now - lastCall > idleTimeout) return;
    if (lost.openedAt > 0 && now - lost.openedAt > reconnect.longestMs) {
      backoff.reset();
      connect();
      return;
    }
    problem = reason;
    pause = setTimeout(connect, backoff.next() * (0.75 + Math.random() / 4)).unref();
  }

  /** What the session knows without a call; else what the node answers. */
  async function answer(current: Session, call: RpcCall, limit: number): Promise<RpcResult> {
    const { connection, heads } = current;
    const ask = () => observed(() => connection.call(call, limit), { method: call.method, observe: onCall });
    if (call.method === "eth_chainId") {
      current.chainId ??= ask();
      current.chainId.catch(() => {
        current.chainId = undefined;
      });
      return current.chainId;
    }
    return (await knownResult(call, heads)) ?? ask();
  }

  async function answerAll(current: Session, calls: readonly RpcCall[], limit: number): Promise<unknown[]> {
    await current.connection.opened;
    let size = 0;
    return mapInParallel(calls, batchSize, async (call) => {
      const result = await answer(current, call, limit);
      size += result.size;
      if (size > maxBytes) throw new Error(`the answers have more than ${maxBytes} bytes`);
      return call.asText && result.value !== null ? result.text() : result.value;
    });
  }

  return {
    async send(calls, limit) {
      if (isClosed) throw new Error("the client is closed");
      lastCall = performance.now();
      if (problem !== undefined) throw problem;
      return inTime(answerAll(session ?? connect(), calls, limit), limit);
    },
    close() {
      isClosed = true;
      clearTimeout(pause);
      leave();
    },
  };
}

/** The result that the subscription gives; undefined where the node is to be asked. */
async function knownResult(call: RpcCall, heads: HeadSubscription): Promise<RpcResult | undefined> {
  const [block, full] = call.params;
  if (call.method === "eth_getBlockByNumber" && block === "latest" && full === false) return heads.latest();
  if (call.method !== "eth_blockNumber") return undefined;
  const { number } = Object((await heads.latest())?.value) as { number?: unknown };
  if (typeof number !== "string") return undefined;
  return { value: number, size: number.length, text: () => JSON.stringify(number) };
}

/** The work's result; rejects with a TimeoutError when that takes longer. */
function inTime<T>(work: Promise<T>, limit: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const expire = () => reject(new DOMException(`not within ${limit} ms`, "TimeoutError"));
    timer = setTimeout(expire, limit);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
