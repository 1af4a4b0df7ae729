/** The first and the longest pause. */
export interface BackoffOptions {
  /** The first pause, in milliseconds. */
  firstMs: number;
  /** The longest pause, in milliseconds. */
  longestMs: number;
}

/** Exponential backoff: each pause is twice as long as the one before. */
export class Backoff {
  readonly #options: BackoffOptions;
  #nextMs: number;

  constructor(options: BackoffOptions) {
    this.#options = options;
    this.#nextMs = options.firstMs;
  }

  /** The next pause in milliseconds. */
  next(): number {
    const pauseMs = Math.min(this.#nextMs, this.#options.longestMs);
    this.#nextMs = pauseMs * 2;
    return pauseMs;
  }

  /** After a success: the next pause is the first one again. */
  reset(): void {
    this.#nextMs = this.#options.firstMs;
  }
}
