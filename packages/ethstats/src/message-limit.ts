import type { WebSocket } from "ws";
import { isBesu } from "./clients.ts";
import type { Config } from "./config.ts";

/** How large the messages of a connection may be. */
export class MessageLimit {
  readonly #socket: WebSocket;
  readonly #usual: number;
  readonly #history: number;
  #current: number;

  constructor(socket: WebSocket, { MAX_MESSAGE_BYTES, MAX_HISTORY_BYTES }: Config) {
    this.#socket = socket;
    this.#usual = MAX_MESSAGE_BYTES;
    this.#history = Math.max(MAX_HISTORY_BYTES, MAX_MESSAGE_BYTES);
    this.#current = MAX_MESSAGE_BYTES;
  }

  /** A node has introduced itself. Besu sends its blocks with whole transactions, the others with their hashes. */
  enter(client: string | null): void {
    this.#current = isBesu(client) ? this.#history : this.#usual;
    this.#set(this.#current);
  }

  /** Allows one large message. */
  expectHistory(): void {
    this.#set(this.#history);
  }

  /** A message has arrived. */
  take(type: string, bytes: number): void {
    if (type === "history" || bytes > this.#usual) this.#set(this.#current);
  }

  /** How many blocks an answer has room for when they are twice as large as one of these bytes. */
  blocks(bytes: number): number {
    return Math.max(1, Math.floor(this.#history / (2 * bytes)));
  }

  /**
   * The package ws takes the limit for all connections of a server and has no option for one, so this sets the field
   * that its receiver reads for each message.
   */
  #set(bytes: number): void {
    const { _receiver: receiver } = this.#socket as unknown as { _receiver: { _maxPayload: number } };
    receiver._maxPayload = bytes;
  }
}
