import { userAgent } from "@platform/shared/clients/user-agent";
import WebSocket, { type RawData } from "ws";
import { SilentSocketError, SocketClosedError } from "../errors.ts";
import { Inbox } from "./inbox.ts";

/** Options of socketTexts. */
export interface SocketOptions {
  headers?: Readonly<Record<string, string>>;
  signal: AbortSignal;
  /** Called when the socket is open. */
  onOpen(): void;
}

const openTimeout = 10_000;
/** A ping without an answer before the next ping ends the connection. */
const pingEvery = 15_000;
const maxMessageBytes = 16 * 1024 * 1024;

/**
 * Yields the text messages of a WebSocket, several at a time. Applies back-pressure: when a buffer of a few megabytes is
 * full, TCP's flow control slows down the server.
 * @throws the reason for the end of the connection, unless the signal aborted it
 */
export async function* socketTexts(url: URL, options: SocketOptions): AsyncGenerator<string[]> {
  const { headers = {}, onOpen, signal } = options;
  const { host } = url;
  const socket = new WebSocket(url, {
    headers: { "user-agent": userAgent("feeds"), ...headers },
    handshakeTimeout: openTimeout,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
  });
  const inbox = new Inbox(socket);
  let isAlive = true;
  socket.on("open", onOpen);
  socket.on("pong", () => (isAlive = true));
  socket.on("message", (data: RawData, isBinary) => {
    isAlive = true;
    if (!isBinary) inbox.add(String(data));
  });
  socket.on("error", (error) => inbox.end(error));
  socket.on("close", (code, reason) =>
    inbox.end(new SocketClosedError({ host, code, reason: String(reason) })),
  );
  const pings = setInterval(() => {
    // A paused socket receives no pongs.
    if (socket.readyState !== WebSocket.OPEN || inbox.isPaused) return;
    if (!isAlive) return end(new SilentSocketError({ host }));
    isAlive = false;
    socket.ping();
  }, pingEvery);
  const end = (error: unknown) => {
    inbox.end(error);
    socket.terminate();
  };
  const abort = () => end(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  if (signal.aborted) abort();
  try {
    for (;;) yield await inbox.take();
  } finally {
    signal.removeEventListener("abort", abort);
    clearInterval(pings);
    socket.terminate();
  }
}
