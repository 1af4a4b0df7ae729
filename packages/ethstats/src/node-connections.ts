import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { sameBytes } from "@platform/shared/auth/same-bytes";
import type { Logger } from "@platform/shared/log/logger";
import { type ServerOptions, type WebSocket, WebSocketServer } from "ws";
import type { Config } from "./config.ts";
import { type Message, readMessage } from "./message.ts";
import type { Metrics } from "./metrics.ts";
import type { Network } from "./network.ts";
import type { Refusal, Refuse } from "./refusals.ts";

/** What the nodes' connections need. */
export interface NodeConnectionsOptions {
  config: Config;
  network: Network;
  metrics: Metrics;
  refuse: Refuse;
  log: Logger;
}

/** The most connections that have not said who they are yet. */
const mostStrangers = 50;
/** How long a peer has to agree to the end of a connection, in milliseconds. */
const farewell = 1_000;
/**
 * How long a pong is held back, in milliseconds. Geth drops a connection on which the pong comes before it has begun to
 * wait for it, which happens on a fast network.
 */
const pongDelay = 50;
/** What may wait for a peer that does not read, in bytes. */
const mostUnsent = 100_000;

/** Why a connection is closed, as WebSocket's codes have it; those from 4000 are an application's own. */
const closing = { goingAway: 1001, refused: 1008, tryLater: 1013, replaced: 4000 };

/** The WebSockets of the nodes, which speak Geth's ethstats protocol: `{"emit": [type, payload]}`. */
export class NodeConnections implements AsyncDisposable {
  readonly #options: NodeConnectionsOptions;
  readonly #server: WebSocketServer;
  /** The connection of each node that is online. */
  readonly #owners = new Map<string, WebSocket>();

  constructor(options: NodeConnectionsOptions) {
    this.#options = options;
    const serverOptions: ServerOptions & { closeTimeout: number } = {
      noServer: true,
      maxPayload: options.config.MAX_MESSAGE_BYTES,
      closeTimeout: farewell,
    };
    this.#server = new WebSocketServer(serverOptions);
  }

  /** Whether another connection may come: so many have not said who they are. */
  get hasRoom(): boolean {
    return this.#server.clients.size - this.#owners.size < mostStrangers;
  }

  /** Takes over a request to upgrade. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, socket, head, (webSocket) => this.#welcome(webSocket));
  }

  /** Tells every node that the server goes away; who does not agree within a second is cut off. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(
      [...this.#server.clients].map((socket) => {
        const closed = new Promise((resolve) => socket.once("close", resolve));
        socket.close(closing.goingAway);
        return closed;
      }),
    );
  }

  /** Until the hello there is no name, and nothing else is heard. */
  #welcome(socket: WebSocket): void {
    const { config, refuse, network, log } = this.#options;
    let name: string | undefined;
    const late = setTimeout(() => this.#refuse(socket, "hello_late"), config.HELLO_TIMEOUT);
    const silent = setTimeout(() => {
      refuse("silent", { node: name });
      socket.terminate();
    }, config.SILENCE_LIMIT);

    socket.on("message", (data) => {
      // After close() what was on its way still comes.
      if (socket.readyState !== socket.OPEN) return;
      const message = readMessage(String(data));
      if (typeof message === "string") {
        if (name === undefined) this.#refuse(socket, message);
        else refuse(message, { node: name });
        return;
      }
      silent.refresh();
      if (name !== undefined) return this.#take(socket, name, message);
      name = this.#enter(socket, message);
      clearTimeout(late);
    });
    // Without a listener it would end the process. A close follows.
    socket.on("error", (error: { code?: string }) => {
      const large = error.code === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH";
      refuse(large ? "too_large" : "bad_frame", { node: name });
    });
    socket.on("close", (code) => {
      clearTimeout(late);
      clearTimeout(silent);
      if (name === undefined || this.#owners.get(name) !== socket) return;
      this.#owners.delete(name);
      network.leave(name);
      log.info({ node: name, code }, "node offline");
    });
  }

  /** Lets a node in, and gives its name; undefined when it is refused. */
  #enter(socket: WebSocket, message: Message): string | undefined {
    const { config, network, metrics, log } = this.#options;
    if (message.type !== "hello") return this.#refuse(socket, "hello_expected");
    const { id: name, secret, info } = message.payload;
    if (!sameBytes(secret, config.WS_SECRET)) return this.#refuse(socket, "wrong_secret");
    if (!network.join(message.payload)) return this.#refuse(socket, "too_many_nodes", closing.tryLater);
    metrics.received.inc({ type: "hello" });
    // A node that comes again replaces itself: its old connection may be dead without anybody having noticed.
    this.#owners.get(name)?.close(closing.replaced, "replaced");
    this.#owners.set(name, socket);
    send(socket, ["ready"]);
    log.info({ node: name, client: info.node }, "node online");
    return name;
  }

  #take(socket: WebSocket, name: string, message: Message): void {
    const { network, metrics } = this.#options;
    metrics.received.inc({ type: message.type });
    if (message.type === "node-ping") {
      const { clientTime } = message.payload;
      const pong = () => send(socket, ["node-pong", { clientTime, serverTime: Date.now() }]);
      setTimeout(pong, pongDelay);
      return;
    }
    // An empty list stands for the latest blocks.
    if (network.report(name, withoutDelay(message))) send(socket, ["history", { list: [] }]);
  }

  #refuse(socket: WebSocket, reason: Refusal, code = closing.refused): undefined {
    this.#options.refuse(reason);
    socket.close(code, reason);
  }
}

/** A latency is half of the time that ping and pong took, and so has half of the delay in it. */
function withoutDelay(message: Message): Message {
  if (message.type !== "latency") return message;
  const latency = Math.max(0, message.payload.latency - pongDelay / 2);
  return { type: "latency", payload: { latency } };
}

function send(socket: WebSocket, emit: unknown[]): void {
  if (socket.readyState !== socket.OPEN) return;
  if (socket.bufferedAmount > mostUnsent) socket.terminate();
  else socket.send(JSON.stringify({ emit }));
}
