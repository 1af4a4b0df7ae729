import { equalsInConstantTime } from "@platform/shared/auth/constant-time";
import type { Logger } from "@platform/shared/log/logger";
import type { WebSocket } from "ws";
import { isNethermind } from "./clients.ts";
import type { Config } from "./config.ts";
import { pongDelay, toLatency } from "./latency.ts";
import { type Message, readMessage, Unreadable } from "./message.ts";
import { MessageLimit } from "./message-limit.ts";
import type { Metrics } from "./metrics.ts";
import type { Network } from "./network.ts";
import { close, closeCodes, emit, sendText } from "./node-socket.ts";
import type { Hello } from "./payloads.ts";
import type { Refusal, Refuse } from "./refusals.ts";

/** The dependencies of sessions. */
export interface NodeSessionOptions {
  config: Config;
  network: Network;
  metrics: Metrics;
  refuse: Refuse;
  log: Logger;
}

/** A connection with its callbacks. */
export interface SessionSocket {
  socket: WebSocket;
  /** Whether the client is Primus, whose newer versions close a connection without pings of the server. */
  primus: boolean;
  /** Called after the hello of a node. */
  onEntered(name: string): void;
  /** Called when the connection has ended; the name is undefined before the hello. */
  onLeft(name: string | undefined, code: number): void;
}

/** How often the server sends pings of Primus, in milliseconds. */
const pingEvery = 15_000;

/** One connection, from its hello to its end. */
export class NodeSession {
  readonly #options: NodeSessionOptions;
  readonly #connection: SessionSocket;
  readonly #limit: MessageLimit;
  readonly #late: NodeJS.Timeout;
  #name: string | undefined;
  #client: string | null = null;
  #pings = false;
  #pinging: NodeJS.Timeout | undefined;

  constructor(connection: SessionSocket, options: NodeSessionOptions) {
    this.#options = options;
    this.#connection = connection;
    const { config, refuse } = options;
    const { socket } = connection;
    this.#limit = new MessageLimit(socket, config);
    this.#late = setTimeout(() => this.#end("hello_late"), config.HELLO_TIMEOUT);
    const silent = setTimeout(() => {
      refuse("silent", { node: this.#name });
      socket.terminate();
    }, config.SILENCE_LIMIT);
    socket.on("message", (data) => {
      // Messages in flight still arrive after close().
      if (socket.readyState === socket.OPEN && this.#take(String(data))) silent.refresh();
    });
    // Without a listener, an error would crash the process. A close follows.
    socket.on("error", (error: { code?: string }) => {
      const large = error.code === "WS_ERR_UNSUPPORTED_MESSAGE_LENGTH";
      refuse(large ? "too_large" : "bad_frame", { node: this.#name });
    });
    socket.on("close", (code) => {
      clearTimeout(this.#late);
      clearTimeout(silent);
      clearInterval(this.#pinging);
      connection.onLeft(this.#name, code);
    });
  }

  /** Processes a message; returns false when it is refused. */
  #take(text: string): boolean {
    const message = readMessage(text);
    if (message instanceof Unreadable) {
      const { reason, problem } = message;
      if (this.#name === undefined) this.#end(reason, { problem });
      else this.#options.refuse(reason, { node: this.#name, problem });
      return false;
    }
    if (this.#name === undefined) return this.#beforeHello(message);
    this.#options.metrics.received.inc({ type: message.type });
    this.#limit.take(message.type, text.length);
    this.#answer(this.#name, message, text.length);
    return true;
  }

  /** Primus-style reporters may send pings before the hello. */
  #beforeHello(message: Message): boolean {
    if (message.type === "hello") return this.#enter(message.payload);
    if (message.type === "primus" || message.type === "node-ping") this.#answer("", message, 0);
    else if (message.type !== "latency") this.#end("hello_expected");
    return true;
  }

  #enter(hello: Hello): boolean {
    const { config, network, metrics, log } = this.#options;
    const { socket, primus, onEntered } = this.#connection;
    if (!equalsInConstantTime(hello.secret, config.WS_SECRET)) return this.#end("wrong_secret");
    const name = network.join(hello);
    if (name === undefined) return this.#end("too_many_nodes", { code: closeCodes.tryLater });
    metrics.received.inc({ type: "hello" });
    clearTimeout(this.#late);
    this.#name = name;
    this.#client = hello.info.node;
    onEntered(name);
    this.#limit.enter(hello.info.node);
    // Primus-style reporters begin with up to 40 blocks, without a request.
    if (primus) this.#limit.expectHistory();
    // Nethermind reports its latency when it gets such a ping.
    if (primus || isNethermind(this.#client)) {
      this.#pinging = setInterval(() => sendText(socket, `"primus::ping::${Date.now()}"`), pingEvery);
    }
    emit(socket, "ready");
    log.info({ node: name, client: this.#client }, "node_online");
    return true;
  }

  #answer(name: string, message: Message, bytes: number): void {
    const { socket } = this.#connection;
    switch (message.type) {
      case "hello":
        emit(socket, "ready");
        return;
      case "primus":
        if (message.payload.answer !== null) sendText(socket, message.payload.answer);
        return;
      case "node-ping": {
        this.#pings = true;
        const { clientTime } = message.payload;
        setTimeout(() => emit(socket, "node-pong", { clientTime, serverTime: Date.now() }), pongDelay);
        return;
      }
      default:
        this.#ask(this.#options.network.report(name, this.addLatency(message)), bytes);
    }
  }

  #ask(numbers: readonly number[], bytes: number): void {
    const list = numbers.slice(-this.#limit.blocks(bytes));
    if (list.length === 0) return;
    this.#limit.expectHistory();
    // Nethermind reads only the ends, other clients the list; Reth does not answer an empty list.
    emit(this.#connection.socket, "history", { list, min: list[0], max: list.at(-1) });
  }

  addLatency(message: Message): Message {
    if (message.type !== "latency" || message.payload.latency === null) return message;
    const reported = { milliseconds: message.payload.latency, client: this.#client, pings: this.#pings };
    return { type: "latency", payload: { latency: toLatency(reported) } };
  }

  #end(
    reason: Refusal,
    { problem, code = closeCodes.refused }: { problem?: string | undefined; code?: number } = {},
  ): false {
    this.#options.refuse(reason, { problem });
    close(this.#connection.socket, code, problem === undefined ? reason : `${reason}: ${problem}`);
    return false;
  }
}
