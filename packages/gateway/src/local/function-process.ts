import { EventEmitter, once } from "node:events";
import type { BuildView } from "../console/live/view.ts";
import { FunctionLogs } from "../http/function-logs.ts";
import type { FunctionAddress, FunctionTarget } from "../http/function-target.ts";
import { readScaleLabels } from "../http/scale-labels.ts";
import type { ShutdownLimits } from "./function-child.ts";
import {
  type FunctionCode,
  type NodeOptions,
  shutdownLimits,
  startChild,
  withoutTimeLimit,
} from "./function-code.ts";
import { IdleTimer } from "./idle-timer.ts";
import type { LocalDefinition } from "./stack.ts";
import { Supervisor } from "./supervisor.ts";

/** Options of FunctionProcess. */
export interface FunctionProcessOptions extends FunctionCode, NodeOptions {
  /** Prints a line for the user. */
  say(line: string): void;
}

/** The shutdown limits during debugging, because a call at a breakpoint does not end. */
const inspectedLimits: ShutdownLimits = { idle: 2_000, exit: 1_000 };
/** The time that calls wait for a process that starts on demand. */
const wakeTimeoutMs = 30_000;

/**
 * A function in a separate process, which is restarted whenever it ends. At zero it has no process until the next call.
 * The label `com.openfaas.scale.min` lets it start at zero, `com.openfaas.scale.zero` lets it go to zero.
 */
export class FunctionProcess implements FunctionTarget, AsyncDisposable {
  readonly createdAt = new Date();
  readonly keepAlive = true;
  readonly refusal = undefined;
  readonly logs = new FunctionLogs();
  invocations = 0;
  /** Wake-ups from zero by calls. */
  wakeUps = 0;
  /** The latest build by `npm run dev`. */
  build: BuildView | undefined;
  readonly #options: FunctionProcessOptions;
  readonly #events = new EventEmitter().setMaxListeners(0);
  readonly #supervisor: Supervisor;
  readonly #idle = new IdleTimer(() => this.#sleep());
  #code: FunctionCode;
  #wanted = 0;
  /** Whether a process that was started on demand has neither served nor ended yet. */
  #waking = false;
  #replacing: Promise<void> = Promise.resolve();
  #stopped = false;

  constructor(options: FunctionProcessOptions) {
    this.#options = options;
    this.#code = this.#accept(options);
    this.#supervisor = new Supervisor({
      start: () => startChild(this.#code, options, this.logs),
      serves: () => this.#serves(),
      ended: (reason, pauseMs) => this.#ended(reason, pauseMs),
    });
    if (readScaleLabels(options.definition.labels).min > 0) this.scale(1);
  }

  get definition(): LocalDefinition {
    return this.#code.definition;
  }

  /** The environment of its process: the definition's, with the addresses of services on this machine. */
  get environment(): Readonly<Record<string, string>> {
    return this.#code.environment;
  }

  /** Whether it serves calls now. */
  get ready(): boolean {
    return this.#supervisor.port !== undefined;
  }

  get replicas() {
    return { wanted: this.#wanted, available: this.ready ? 1 : 0 };
  }

  /** Returns the address. At zero, it starts the process and waits longer. */
  async address(within: number): Promise<FunctionAddress | undefined> {
    const start = performance.now();
    for (;;) {
      if (this.#wanted === 0 && !this.#stopped) {
        this.wakeUps += 1;
        this.scale(1);
      }
      const { port } = this.#supervisor;
      if (port !== undefined) return { host: "127.0.0.1", port };
      const remainingMs =
        start + (this.#waking ? Math.max(within, wakeTimeoutMs) : within) - performance.now();
      if (this.#stopped || remainingMs <= 0) return undefined;
      await this.#changes(remainingMs);
    }
  }

  /** Waits until it serves or is at zero. @returns false after the time limit in milliseconds */
  async waitUntilServing(within: number): Promise<boolean> {
    if (this.#wanted > 0 && !this.ready) await this.#changes(within);
    return this.#wanted === 0 || this.ready;
  }

  callStarted({ port }: FunctionAddress): () => void {
    const callEnded = this.#supervisor.beginCall(port);
    const idleAgain = this.#idle.begin();
    return () => {
      callEnded?.();
      idleAgain();
    };
  }

  /** Starts a process, or ends it after the calls in flight. */
  scale(replicas: 0 | 1): void {
    if (this.#stopped || replicas === this.#wanted) return;
    this.#wanted = replicas;
    this.#waking = replicas === 1;
    if (replicas === 1) {
      this.#supervisor.start();
    } else {
      void this.#supervisor.retire(shutdownLimits(this.#code));
      this.#events.emit("change");
    }
  }

  /**
   * Replaces the process, with a new definition or with the current build. Calls in flight finish in the old process; new calls
   * go to the new process as soon as it serves. At zero, the next process gets the change.
   * @throws Error when the new process ends before it serves; the old one continues
   */
  replace(code: FunctionCode = this.#code): Promise<void> {
    this.#code = this.#accept(code);
    const replaced = this.#replacing.then(() => this.#replace());
    this.#replacing = replaced.catch(() => undefined);
    return replaced;
  }

  /** Accepts no further calls, and stops after those in flight. */
  async remove(): Promise<void> {
    this.#stop();
    await Promise.all([this.#supervisor.retire(shutdownLimits(this.#code)), this.#replacing]);
  }

  /** Stops all processes. The caller must ensure that no calls are in flight. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop();
    await Promise.all([this.#supervisor.stop(shutdownLimits(this.#code).exit), this.#replacing]);
  }

  #stop(): void {
    this.#stopped = true;
    this.#wanted = 0;
    this.#idle[Symbol.dispose]();
    this.#events.emit("change");
  }

  #accept(code: FunctionCode): FunctionCode {
    const { zero, zeroAfterMs } = readScaleLabels(code.definition.labels);
    const isInspected = this.#options.inspectPort !== undefined;
    this.#idle.start(zero && !isInspected ? zeroAfterMs : undefined);
    return isInspected ? withoutTimeLimit(code) : code;
  }

  async #replace(): Promise<void> {
    if (this.#wanted === 0) return;
    // The debugger's port is free only after the old process has ended; calls wait in the meantime.
    if (this.#options.inspectPort !== undefined) await this.#supervisor.retire(inspectedLimits);
    if (this.#wanted === 0) return;
    const next = startChild(this.#code, this.#options, this.logs);
    await next.started;
    if (this.#wanted === 0) return next.stop(shutdownLimits(this.#code).exit);
    if (next.port === undefined && this.ready) {
      throw new Error(`the new process does not start (${await next.ended})`);
    }
    void this.#supervisor.retire(shutdownLimits(this.#code));
    this.#supervisor.setChild(next);
  }

  /** Resolves when it serves, goes to zero or is stopped, or after the time limit in milliseconds. */
  async #changes(within: number): Promise<void> {
    const signal = AbortSignal.timeout(Math.ceil(within));
    await once(this.#events, "change", { signal }).catch(() => undefined);
  }

  #serves(): void {
    this.#waking = false;
    this.#idle.restart();
    this.#events.emit("change");
  }

  #ended(reason: string, pauseMs: number): void {
    this.#waking = false;
    this.#options.say(`${this.definition.name} ended (${reason}); starting it again in ${pauseMs} ms`);
  }

  #sleep(): void {
    if (!this.ready) return;
    this.#options.say(`${this.definition.name}: no calls; its process ends until the next one`);
    this.scale(0);
  }
}
