/** A job of the queue; it handles its own failures. */
export type Job = () => Promise<void>;

/** How much a queue takes. */
export interface JobQueueOptions {
  /** How many jobs run at a time. */
  concurrency: number;
  /** How many may wait. */
  capacity: number;
  /** How many bytes the jobs that have not ended may hold together: a quarter of the gateway's memory in a cluster. */
  bytes?: number;
}

/** Runs jobs in the order in which they came, a few at a time. */
export class JobQueue {
  readonly #concurrency: number;
  readonly #capacity: number;
  readonly #bytes: number;
  readonly #waiting: { job: Job; bytes: number }[] = [];
  #running = 0;
  #held = 0;
  #stopped = false;
  #whenIdle: (() => void)[] = [];

  constructor({ concurrency, capacity, bytes = 64_000_000 }: JobQueueOptions) {
    this.#concurrency = concurrency;
    this.#capacity = capacity;
    this.#bytes = bytes;
  }

  /** Jobs that have not ended yet. */
  get size(): number {
    return this.#waiting.length + this.#running;
  }

  /** Is there room for another job that holds so many bytes? */
  hasRoom(bytes: number): boolean {
    return this.#waiting.length < this.#capacity && this.#held + bytes <= this.#bytes;
  }

  /** Takes a job that holds so many bytes, also beyond the limits; after `stop` it forgets it. */
  add(job: Job, bytes: number): void {
    if (this.#stopped) return;
    this.#held += bytes;
    this.#waiting.push({ job, bytes });
    this.#next();
  }

  /** Begins no more jobs; those that wait are forgotten. */
  stop(): void {
    this.#stopped = true;
    this.#waiting.length = 0;
  }

  /** Resolves when every job has ended. */
  async idle(): Promise<void> {
    if (this.size > 0) await new Promise<void>((resolve) => this.#whenIdle.push(resolve));
  }

  #next(): void {
    while (!this.#stopped && this.#running < this.#concurrency && this.#waiting.length > 0) {
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
