/** The maximum of Node.js's timers, 24 days. */
const longestMs = 2 ** 31 - 1;

/** Fires when a function has had no calls for the idle time. */
export class IdleTimer implements Disposable {
  readonly #onIdle: () => void;
  #idleMs: number | undefined;
  #calls = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(onIdle: () => void) {
    this.#onIdle = onIdle;
  }

  /** Restarts the timer with this idle time; undefined stops it. */
  start(idleMs: number | undefined): void {
    this.#idleMs = idleMs;
    this.restart();
  }

  /** Restarts the timer, after calls in flight if there are any. */
  restart(): void {
    clearTimeout(this.#timer);
    if (this.#idleMs === undefined || this.#calls > 0) return;
    this.#timer = setTimeout(this.#onIdle, Math.min(this.#idleMs, longestMs)).unref();
  }

  /** Counts a call as in flight until the returned function is called. */
  begin(): () => void {
    this.#calls += 1;
    clearTimeout(this.#timer);
    return () => {
      this.#calls -= 1;
      this.restart();
    };
  }

  [Symbol.dispose](): void {
    this.start(undefined);
  }
}
