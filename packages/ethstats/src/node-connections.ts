import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type ServerOptions, type WebSocket, WebSocketServer } from "ws";
import { NodeSession, type NodeSessionOptions } from "./node-session.ts";
import { close, closeCodes } from "./node-socket.ts";

/** The maximum number of connections on which no node has introduced itself. */
const maxStrangers = 50;
/** The largest message of a connection on which no node has introduced itself, in bytes. */
const maxHelloBytes = 100_000;
/** Time limit for a peer to confirm a close, in milliseconds. */
const closeTimeout = 1_000;

/** The WebSockets of the nodes. */
export class NodeConnections implements AsyncDisposable {
  readonly #options: NodeSessionOptions;
  readonly #server: WebSocketServer;
  /** The connection of each node that is online. */
  readonly #owners = new Map<string, WebSocket>();

  constructor(options: NodeSessionOptions) {
    this.#options = options;
    const serverOptions: ServerOptions & { closeTimeout: number } = {
      noServer: true,
      maxPayload: Math.min(maxHelloBytes, options.config.MAX_MESSAGE_BYTES),
      closeTimeout,
    };
    this.#server = new WebSocketServer(serverOptions);
  }

  /** False while too many connections wait for a hello. */
  get hasRoom(): boolean {
    return this.#server.clients.size - this.#owners.size < maxStrangers;
  }

  /** Accepts an upgrade request. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const primus = /[?&]_primuscb=/.test(request.url ?? "");
    this.#server.handleUpgrade(request, socket, head, (webSocket) => this.#welcome(webSocket, primus));
  }

  /** Closes all connections as "going away"; terminates those without a confirmation within a second. */
  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all(
      [...this.#server.clients].map((socket) => {
        const closed = new Promise((resolve) => socket.once("close", resolve));
        socket.close(closeCodes.goingAway);
        return closed;
      }),
    );
  }

  #welcome(socket: WebSocket, primus: boolean): void {
    const connection = {
      socket,
      primus,
      onEntered: (name: string) => this.#own(name, socket),
      onLeft: (name: string | undefined, code: number) => this.#leave(name, socket, code),
    };
    new NodeSession(connection, this.#options);
  }

  /** Closes the earlier connection of a returning node, which may be dead without detection. */
  #own(name: string, socket: WebSocket): void {
    const earlier = this.#owners.get(name);
    if (earlier !== undefined) close(earlier, closeCodes.replaced, "replaced");
    this.#owners.set(name, socket);
  }

  #leave(name: string | undefined, socket: WebSocket, code: number): void {
    if (name === undefined || this.#owners.get(name) !== socket) return;
    this.#owners.delete(name);
    this.#options.network.leave(name);
    this.#options.log.info({ node: name, code }, "node_offline");
  }
}
