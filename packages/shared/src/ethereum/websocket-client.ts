import { Backoff } from "../clients/backoff.ts";
import { mapInParallel } from "../clients/map-in-parallel.ts";
import { createHeadSubscription, type HeadSubscription } from "./head-subscription.ts";
import { observeCall } from "./observe-rpc-call.ts";
import type { RpcResult } from "./pending-calls.ts";
import type { RpcCall, RpcClient, RpcClientOptions } from "./rpc-client.ts";
import { openWebSocket, type WebSocketConnection } from "./websocket-connection.ts";

/** Options of a client; times in milliseconds. */
export interface WebSocketClientOptions extends RpcClientOptions {
  /** The time limit of the handshake and of the client's own calls. */
  timeout?: number;
  /** The time without a new block after which the connection is replaced. */
  headTimeout?: number;
  /** The interval between pings. */
  pingEvery?: number;
  /** The time without a call after which the connection is closed, until the next call. */
  idleTimeout?: number;
  /** Called without a problem when the subscription delivers blocks, and with one when that ends. */
  onSubscription?(problem: string | undefined): void;
}

const reconnect = { firstMs: 100, longestMs: 5_000 };

interface Session {
  connection: WebSocketConnection;
  heads: HeadSubscription;
  openedAt: number;
  isFollowing: boolean;
  /** The chain's id, which is requested once for each connection. */
  chainId: Promise<RpcResult> | undefined;
}

/**
 * Creates a client over a WebSocket, which opens at the first call. A subscription to new heads caches the latest block, so
 * requests for it need no call of the node. Other calls go over the WebSocket. After a failure, the client reconnects in the
 * background with exponential backoff, and rejects calls meanwhile.
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
      onNotification: heads.handleHead,
      onEnd: (reason) => lose(next, reason),
    });
    const next: Session = { connection, heads, openedAt: 0, isFollowing: false, chainId: undefined };
    connection.opened.then(
      () => {
        next.openedAt = performance.now();
        heads.start(connection);
      },
      () => undefined, // `lose` handles the failure
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

  /** Answers a call from the session if possible, otherwise by the node. */
  async function answer(current: Session, call: RpcCall, limit: number): Promise<RpcResult> {
    const { connection, heads } = current;
    const ask = () =>
      observeCall(() => connection.call(call, limit), { method: call.method, observe: onCall });
    if (call.method === "eth_chainId") {
      current.chainId ??= ask();
      current.chainId.catch(() => {
        current.chainId = undefined;
      });
      return current.chainId;
    }
    return (await cachedResult(call, heads)) ?? ask();
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
      return withTimeout(answerAll(session ?? connect(), calls, limit), limit);
    },
    close() {
      isClosed = true;
      clearTimeout(pause);
      leave();
    },
  };
}

/** The result from the subscription; undefined if the node must be asked. */
async function cachedResult(call: RpcCall, heads: HeadSubscription): Promise<RpcResult | undefined> {
  const [block, full] = call.params;
  if (call.method === "eth_getBlockByNumber" && block === "latest" && full === false) return heads.latest();
  if (call.method !== "eth_blockNumber") return undefined;
  const { number } = Object((await heads.latest())?.value) as { number?: unknown };
  if (typeof number !== "string") return undefined;
  return { value: number, size: number.length, text: () => JSON.stringify(number) };
}

/** Rejects with a TimeoutError if work takes longer than the limit. */
function withTimeout<T>(work: Promise<T>, limit: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    const expire = () => reject(new DOMException(`not within ${limit} ms`, "TimeoutError"));
    timer = setTimeout(expire, limit);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
