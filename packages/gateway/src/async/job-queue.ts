/** A job of the queue; it handles its own failures. */
export type Job = () => Promise<void>;

/** The limits of a queue. */
export interface JobQueueOptions {
  /** Maximum number of running jobs. */
  concurrency: number;
  /** Maximum number of waiting jobs. */
  capacity: number;
  /** Maximum memory of all unfinished jobs, in bytes. The default is a quarter of the gateway's memory in a cluster. */
  bytes?: number;
}

/** Runs jobs in their order of arrival, with limited concurrency. */
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

  /** The number of unfinished jobs. */
  get size(): number {
    return this.#waiting.length + this.#running;
  }

  /** Whether another job of this size fits. */
  hasRoom(bytes: number): boolean {
    return this.#waiting.length < this.#capacity && this.#held + bytes <= this.#bytes;
  }

  /** Adds a job of this size, even above the limits. After `stop` it drops the job. */
  add(job: Job, bytes: number): void {
    if (this.#stopped) return;
    this.#held += bytes;
    this.#waiting.push({ job, bytes });
    this.#next();
  }

  /** Starts no further jobs, and drops the waiting ones. */
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
