import { Backoff } from "@platform/shared/clients/backoff";
import type { FunctionChild, ShutdownLimits } from "./function-child.ts";

/** Options of the supervisor. */
export interface SupervisorOptions {
  start(): FunctionChild;
  /** Called when the current process serves. */
  serves(): void;
  /** Called when the current process has ended, with the pause before the restart. */
  ended(reason: string, pauseMs: number): void;
}

/** Supervises the processes of a function: the current one, which it restarts whenever it ends, and retired ones, which finish their last calls. */
export class Supervisor {
  readonly #options: SupervisorOptions;
  #child: FunctionChild | undefined;
  readonly #backoff = new Backoff({ firstMs: 100, longestMs: 5_000 });
  #restart: NodeJS.Timeout | undefined;
  readonly #retiring = new Map<FunctionChild, Promise<void>>();

  constructor(options: SupervisorOptions) {
    this.#options = options;
  }

  /** The current process's port on 127.0.0.1; undefined while it does not serve. */
  get port(): number | undefined {
    return this.#child?.port;
  }

  /** Starts the current process. */
  start(): void {
    this.setChild(this.#options.start());
  }

  /** Sets the current process. The previous one must be retired. */
  setChild(child: FunctionChild): void {
    this.#child = child;
    void child.started.then(() => {
      if (child === this.#child && child.port !== undefined) this.#options.serves();
    });
    void child.ended.then((reason) => this.#ended(child, reason));
  }

  /** Counts a call of the process with this port, even if that is retired. */
  beginCall(port: number): (() => void) | undefined {
    const children = [this.#child, ...this.#retiring.keys()];
    return children.find((child) => child?.port === port)?.beginCall();
  }

  /** Retires the current process: it gets no further calls. Resolves when it has ended after the calls in flight. */
  retire(within: ShutdownLimits): Promise<void> {
    const child = this.#takeChild();
    if (child === undefined) return Promise.resolve();
    const retirement = child.retire(within).finally(() => this.#retiring.delete(child));
    this.#retiring.set(child, retirement);
    return retirement;
  }

  /** Ends all processes now, with SIGTERM, and with SIGKILL after the time limit in milliseconds. */
  async stop(graceMs: number): Promise<void> {
    const children = [this.#takeChild(), ...this.#retiring.keys()];
    await Promise.all([...children.map((child) => child?.stop(graceMs)), ...this.#retiring.values()]);
  }

  #takeChild(): FunctionChild | undefined {
    const child = this.#child;
    this.#child = undefined;
    clearTimeout(this.#restart);
    return child;
  }

  #ended(child: FunctionChild, reason: string): void {
    if (child !== this.#child) return;
    if (child.hasServed) this.#backoff.reset();
    const pauseMs = this.#backoff.next();
    this.#options.ended(reason, pauseMs);
    clearTimeout(this.#restart);
    this.#restart = setTimeout(() => this.start(), pauseMs);
  }
}
