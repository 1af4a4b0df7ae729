import type { WebSocket } from "ws";
import { isBesu } from "./clients.ts";
import type { Config } from "./config.ts";

/** The size limit for messages of a connection. */
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

  /** Sets the limit after the hello. Besu sends blocks with full transactions, other clients with hashes. */
  enter(client: string | null): void {
    this.#current = isBesu(client) ? this.#history : this.#usual;
    this.#set(this.#current);
  }

  /** Allows one large message. */
  expectHistory(): void {
    this.#set(this.#history);
  }

  /** Updates the limit after a message. */
  take(type: string, bytes: number): void {
    if (type === "history" || bytes > this.#usual) this.#set(this.#current);
  }

  /** The number of blocks that fit into an answer if each is twice as large as a block of these bytes. */
  blocks(bytes: number): number {
    return Math.max(1, Math.floor(this.#history / (2 * bytes)));
  }

  /**
   * The package ws has only one limit for all connections of a server, so this sets the field that its receiver reads for
   * each message.
   */
  #set(bytes: number): void {
    const { _receiver: receiver } = this.#socket as unknown as { _receiver: { _maxPayload: number } };
    receiver._maxPayload = bytes;
  }
}
