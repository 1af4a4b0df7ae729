/** A job of the queue; it handles its own failures. */
export type Job = () => Promise<void>;

/** How much a queue takes. */
export interface AsyncQueueOptions {
  /** How many jobs run at a time. */
  concurrency: number;
  /** How many may wait. */
  capacity: number;
  /** How much the jobs that have not ended may hold together, in bytes: a quarter of the gateway's memory in a cluster. */
  memory?: number;
}

/** Runs jobs in the order they came, a few at a time, in memory only. */
export class AsyncQueue {
  readonly #concurrency: number;
  readonly #capacity: number;
  readonly #memory: number;
  readonly #waiting: { job: Job; bytes: number }[] = [];
  #running = 0;
  #held = 0;
  #whenIdle: (() => void)[] = [];

  constructor({ concurrency, capacity, memory = 64_000_000 }: AsyncQueueOptions) {
    this.#concurrency = concurrency;
    this.#capacity = capacity;
    this.#memory = memory;
  }

  /** Jobs that have not ended yet. */
  get size(): number {
    return this.#waiting.length + this.#running;
  }

  /** Takes a job that holds so many bytes; false when the queue is full. */
  add(job: Job, bytes = 0): boolean {
    if (this.#waiting.length >= this.#capacity || this.#held + bytes > this.#memory) return false;
    this.#held += bytes;
    this.#waiting.push({ job, bytes });
    this.#next();
    return true;
  }

  /** Resolves when every job has ended. */
  async idle(): Promise<void> {
    if (this.size > 0) await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
  }

  #next(): void {
    while (this.#running < this.#concurrency && this.#waiting.length > 0) {
      const { job, bytes } = this.#waiting.shift()!;
      this.#running += 1;
      job().finally(() => {
        this.#running -= 1;
        this.#held -= bytes;
        this.#next();
      });
    }
    if (this.size === 0) for (const resolve of this.#whenIdle.splice(0)) resolve();
  }
}
