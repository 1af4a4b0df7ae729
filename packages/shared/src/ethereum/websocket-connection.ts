import WebSocket, { type RawData } from "ws";
import { createMessageCleaner } from "./clean-message.ts";
import { createPendingCalls, type RpcResult } from "./pending-calls.ts";
import type { RpcCall } from "./rpc-client.ts";
import { closeReason, refusalReason, socketReason, timeoutError } from "./websocket-reasons.ts";

/** A WebSocket connection to a node. It does not keep the process alive. */
export interface WebSocketConnection {
  /** Rejects when the connection cannot be opened. */
  opened: Promise<void>;
  /**
   * Returns the result of a call; null if the node has no such block.
   * @param timeout in milliseconds
   * @throws errors that `nodeError` converts
   */
  call(call: RpcCall, timeout: number): Promise<RpcResult>;
  /** Closes the connection at once, for this reason. */
  end(reason: Error): void;
  /** Closes the connection with a handshake. */
  close(): void;
}

/** Options of a connection; times in milliseconds. */
export interface WebSocketConnectionOptions {
  /** The size limit of a message. A larger one closes the connection. */
  maxBytes: number;
  userAgent: string;
  /** The time limit of the handshake. */
  openTimeout: number;
  /** The interval between pings. A ping without an answer when the next is due closes the connection. */
  pingEvery: number;
  /** Receives the notifications of subscriptions. */
  onNotification(result: unknown): void;
  /** Called once, with the reason, when the connection has closed. */
  onEnd(reason: Error): void;
}

const closeTimeout = 1_000;

/** Opens a connection. */
export function openWebSocket(url: URL, options: WebSocketConnectionOptions): WebSocketConnection {
  const { maxBytes, userAgent, openTimeout, pingEvery, onNotification, onEnd } = options;
  const clean = createMessageCleaner(url);
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

  function end(error: Error): void {
    reason ??= error;
    socket.terminate();
  }

  const pings = setInterval(() => {
    if (socket.readyState !== WebSocket.OPEN) return;
    const wasAlive = isAlive;
    isAlive = false;
    if (wasAlive) return socket.ping();
    // In a busy process, the pong may have arrived but not been read.
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
