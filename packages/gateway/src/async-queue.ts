/** A job of the queue; it handles its own failures. */
export type Job = () => Promise<void>;

/** Runs jobs in the order they came, a few at a time, in memory only. */
export class AsyncQueue {
  readonly #concurrency: number;
  readonly #capacity: number;
  readonly #waiting: Job[] = [];
  #running = 0;
  #whenIdle: (() => void)[] = [];

  constructor({ concurrency, capacity }: { concurrency: number; capacity: number }) {
    this.#concurrency = concurrency;
    this.#capacity = capacity;
  }

  /** Jobs that have not ended yet. */
  get size(): number {
    return this.#waiting.length + this.#running;
  }

  /** Takes a job; false when the queue is full. */
  add(job: Job): boolean {
    if (this.#waiting.length >= this.#capacity) return false;
    this.#waiting.push(job);
    this.#next();
    return true;
  }

  /** Resolves when every job has ended. */
  async idle(): Promise<void> {
    if (this.size > 0) await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
  }

  #next(): void {
    while (this.#running < this.#concurrency && this.#waiting.length > 0) {
      const job = this.#waiting.shift()!;
      this.#running += 1;
      job().finally(() => {
        this.#running -= 1;
        this.#next();
      });
    }
    if (this.size === 0) for (const resolve of this.#whenIdle.splice(0)) resolve();
  }
}
