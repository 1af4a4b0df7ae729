import type { Message } from "../message.ts";

/** How large a batch may be. */
export interface BatchLimits {
  /** The most messages of a batch. */
  batchSize: number;
  /** The most bytes of its values, unless one message alone has more. */
  batchBytes: number;
  /** Gives a predicate that is asked for each message of a batch in order: does the message still fit? */
  startBatch(): (message: Message) => boolean;
}

/** So many batches may wait before the buffer is full: enough for the next call to be there when one ends. */
const waitingBatches = 2;

/** The messages of a partition that wait, first in, first out, and taken out in batches. */
export class MessageBuffer {
  readonly #limits: BatchLimits;
  readonly #messages: Message[] = [];
  #bytes = 0;
  #nextOffset: number | undefined;

  /** @param startOffset the offset that the first message is expected at, where that is known */
  constructor(limits: BatchLimits, startOffset?: number) {
    this.#limits = limits;
    this.#nextOffset = startOffset;
  }

  get isEmpty(): boolean {
    return this.#messages.length === 0;
  }

  /** Do so many messages or bytes wait that no more should come? */
  get isFull(): boolean {
    const { batchBytes, batchSize } = this.#limits;
    return this.#messages.length >= batchSize * waitingBatches || this.#bytes >= batchBytes * waitingBatches;
  }

  /** The offset after what was pushed and skipped; undefined before the first. */
  get nextOffset(): number | undefined {
    return this.#nextOffset;
  }

  /** @param nextOffset the offset after the messages and what Kafka stores after them, such as the end of a transaction */
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
