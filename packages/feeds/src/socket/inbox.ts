import { setTimeout as sleep } from "node:timers/promises";
import { batchLimits } from "../feed.ts";

/** A source that can be paused. */
export interface Pausable {
  pause(): void;
  resume(): void;
}

/** Above these limits, the source is paused; it resumes below half of them. */
const limits = { texts: 4 * batchLimits.items, bytes: 4 * batchLimits.bytes };
/** How long a batch waits for more texts. Kafka writes a transaction for each batch. */
const lingerMs = 200;

/** A bounded buffer of received texts. */
export class Inbox {
  readonly #source: Pausable;
  readonly #texts: string[] = [];
  #bytes = 0;
  #isPaused = false;
  #end: { error: unknown } | undefined;
  #wake: () => void = () => undefined;

  constructor(source: Pausable) {
    this.#source = source;
  }

  add(text: string): void {
    this.#texts.push(text);
    this.#bytes += Buffer.byteLength(text);
    if (!this.#isPaused && (this.#texts.length > limits.texts || this.#bytes > limits.bytes)) {
      this.#isPaused = true;
      this.#source.pause();
    }
    this.#wake();
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /** Marks the end. After the remaining texts, `take` throws the first error. */
  end(error: unknown): void {
    this.#end ??= { error };
    this.#wake();
  }

  /** Returns the next texts, at least one. */
  async take(): Promise<string[]> {
    await this.#until(() => this.#texts.length > 0);
    const isFull = () => this.#texts.length >= batchLimits.items || this.#bytes >= batchLimits.bytes;
    await Promise.race([this.#until(isFull), sleep(lingerMs, undefined, { ref: false })]);
    const batch = this.#splice();
    if (batch.length === 0) throw this.#end?.error;
    if (this.#isPaused && this.#texts.length <= limits.texts / 2 && this.#bytes <= limits.bytes / 2) {
      this.#isPaused = false;
      this.#source.resume();
    }
    return batch;
  }

  /** Resolves when the condition holds, or after the end. */
  #until(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = () => {
        if (condition() || this.#end !== undefined) resolve();
      };
      this.#wake();
    });
  }

  #splice(): string[] {
    let count = 0;
    let bytes = 0;
    for (const text of this.#texts) {
      bytes += Buffer.byteLength(text);
      if (count > 0 && (count >= batchLimits.items || bytes > batchLimits.bytes)) break;
      count += 1;
    }
    const batch = this.#texts.splice(0, count);
    for (const text of batch) this.#bytes -= Buffer.byteLength(text);
    return batch;
  }
}
