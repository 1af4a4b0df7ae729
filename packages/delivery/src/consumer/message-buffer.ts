import type { Message } from "../message.ts";

/** The limits of a batch. */
export interface BatchLimits {
  /** The maximum number of messages. */
  batchSize: number;
  /** The maximum bytes of all values, unless a single message is larger. */
  batchBytes: number;
  /** Returns a predicate, which is called for each message of a batch in order: whether it fits. */
  startBatch(): (message: Message) => boolean;
}

/** The number of batches in a full buffer, so that the next batch is ready when a call ends. */
const maxBatches = 2;

/** A FIFO buffer for the messages of a partition, which are taken out in batches. */
export class MessageBuffer {
  readonly #limits: BatchLimits;
  readonly #messages: Message[] = [];
  #bytes = 0;
  #nextOffset: number | undefined;

  /** @param startOffset the expected offset of the first message, if it is known */
  constructor(limits: BatchLimits, startOffset?: number) {
    this.#limits = limits;
    this.#nextOffset = startOffset;
  }

  get isEmpty(): boolean {
    return this.#messages.length === 0;
  }

  /** Whether the partition should be paused. */
  get isFull(): boolean {
    const { batchBytes, batchSize } = this.#limits;
    return this.#messages.length >= batchSize * maxBatches || this.#bytes >= batchBytes * maxBatches;
  }

  /** The offset after all pushed and skipped records; undefined before the first. */
  get nextOffset(): number | undefined {
    return this.#nextOffset;
  }

  /** @param nextOffset the offset after the messages and after records such as transaction markers */
  push(messages: readonly Message[], nextOffset?: number): void {
    for (const message of messages) {
      this.#nextOffset = message.offset + 1;
      this.#bytes += message.value.length;
      this.#messages.push(message);
    }
    if (nextOffset !== undefined) this.#nextOffset = nextOffset;
  }

  /** Skips offsets that have no messages. */
  skipTo(nextOffset: number): void {
    this.#nextOffset = nextOffset;
  }

  /** Takes the next batch out: as many messages as the limits allow, and at least one. */
  takeBatch(): Message[] {
    const { batchBytes, batchSize, startBatch } = this.#limits;
    const fits = startBatch();
    let bytes = 0;
    let count = 0;
    for (const message of this.#messages) {
      const { length } = message.value;
      const hasRoom = fits(message) && bytes + length <= batchBytes;
      if (count === batchSize || (count > 0 && !hasRoom)) break;
      bytes += length;
      count += 1;
    }
    this.#bytes -= bytes;
    return this.#messages.splice(0, count);
  }
}
