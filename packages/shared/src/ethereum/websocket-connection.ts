import WebSocket, { type RawData } from "ws";
import { cleanWordsOf } from "./node-words.ts";
import { createPendingCalls, type RpcResult } from "./pending-calls.ts";
import type { RpcCall } from "./rpc-client.ts";
import { closeReason, refusalReason, socketReason, timeoutError } from "./websocket-reasons.ts";

/** A WebSocket to a node, from its opening to its end. It does not keep the process alive. */
export interface WebSocketConnection {
  /** Rejects when the connection cannot be opened. */
  opened: Promise<void>;
  /**
   * The result of one call; null where the node has no such block.
   * @param timeout in milliseconds
   * @throws Error that `nodeError` makes sense of
   */
  call(call: RpcCall, timeout: number): Promise<RpcResult>;
  /** Ends it at once for that reason. */
  end(reason: Error): void;
  /** Ends it with a close handshake. */
  close(): void;
}

/** What a connection is held to; times in milliseconds. */
export interface WebSocketConnectionOptions {
  /** The largest message. A larger one ends the connection. */
  maxBytes: number;
  userAgent: string;
  /** How long the opening may take. */
  openTimeout: number;
  /** The pause between pings. A ping that is not answered when the next is due ends the connection. */
  pingEvery: number;
  /** Receives what the node sends to subscriptions. */
  onNotification(result: unknown): void;
  /** Called once, after the end, with its reason. */
  onEnd(reason: Error): void;
}

const closeTimeout = 1_000;

/** Opens a connection. */
export function openWebSocket(url: URL, options: WebSocketConnectionOptions): WebSocketConnection {
  const { maxBytes, userAgent, openTimeout, pingEvery, onNotification, onEnd } = options;
  const clean = cleanWordsOf(url);
  const calls = createPendingCalls(clean);
  let isAlive = true;
  let reason: Error | undefined;

  const address = new URL(url);
  address.hash = ""; // ws refuses it
  const socket = new WebSocket(address, {
    headers: { "user-agent": userAgent },
    handshakeTimeout: openTimeout,
    maxPayload: maxBytes,
    perMessageDeflate: false,
    finishRequest(request) {
      request.on("socket", (connection) => connection.unref());
      request.end();
    },
  });
  const opened = new Promise<void>((resolve, reject) => {
    socket.once("open", resolve);
    socket.once("close", () => reject(reason));
  });
  opened.catch(() => undefined); // `onEnd` has the reason too

  function end(why: Error): void {
    reason ??= why;
    socket.terminate();
  }

  const pings = setInterval(() => {
    if (socket.readyState !== WebSocket.OPEN) return;
    const hadSign = isAlive;
    isAlive = false;
    if (hadSign) return socket.ping();
    // In a process that was busy, the pong may have arrived and wait to be read.
    setImmediate(() => isAlive || end(timeoutError("a ping was not answered")));
  }, pingEvery).unref();

  socket.on("message", (data: RawData) => {
    isAlive = true;
    try {
      const notification = calls.receive(String(data));
      if (notification !== undefined) onNotification(notification);
    } catch (error) {
      end(new Error("the node sent a message that is not JSON", { cause: error }));
    }
  });
  socket.on("pong", () => {
    isAlive = true;
  });
  socket.on("unexpected-response", async (_request, response) => end(await refusalReason(response, clean)));
  socket.on("error", (error) => {
    reason ??= socketReason(error, maxBytes);
  });
  socket.on("close", (code) => {
    clearInterval(pings);
    reason ??= closeReason(code);
    calls.rejectAll(reason);
    onEnd(reason);
  });

  return {
    opened,
    async call({ method, params }, timeout) {
      if (socket.readyState !== WebSocket.OPEN) throw reason ?? closeReason(1006);
      return calls.add(timeout, (id) =>
        socket.send(JSON.stringify({ jsonrpc: "2.0", id, method, params }), () => undefined),
      );
    },
    end,
    close() {
      reason ??= new Error("the client was closed");
      socket.close();
      setTimeout(() => socket.terminate(), closeTimeout).unref();
    },
  };
}
