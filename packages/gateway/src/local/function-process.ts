import { EventEmitter, once } from "node:events";
import { Backoff } from "@platform/shared/clients/backoff";
import { parseDuration } from "@platform/shared/config/duration";
import type { BuildView } from "../dashboard/view.ts";
import { FunctionLogs } from "../http/function-logs.ts";
import type { FunctionAddress, FunctionTarget } from "../http/function-target.ts";
import { readScaleLabels } from "../http/scale-labels.ts";
import { FunctionChild, type Patience } from "./function-child.ts";
import { IdleTimer } from "./idle-timer.ts";
import { Retirements } from "./retirements.ts";
import type { LocalDefinition } from "./stack.ts";

/** What a function's process runs. */
export interface FunctionCode {
  definition: LocalDefinition;
  environment: Readonly<Record<string, string>>;
}

/** How a function's process is started. */
export interface FunctionProcessOptions extends FunctionCode {
  /** The bundle of template-host.ts. */
  host: string;
  /** Whether Node.js reads source maps, so that uncaught errors name source files too. */
  sourceMaps?: boolean;
  /** The port of 127.0.0.1 for a debugger. */
  inspectPort?: number | undefined;
  /** Takes a line for the user. */
  say(line: string): void;
}

const exitPatience = 15_000;
const idlePatience = 15_000;
/** A call that stands at a breakpoint does not end. */
const inspectedPatience: Patience = { idle: 2_000, exit: 1_000 };
/** How long calls are held for a process that was started on demand. */
const wakeTimeoutMs = 30_000;

/**
 * A function in a process of its own, which is started again whenever it ends. Scaled to zero it has none until the next
 * call; its labels `com.openfaas.scale.min` and `com.openfaas.scale.zero` make it start or go there.
 */
export class FunctionProcess implements FunctionTarget, AsyncDisposable {
  readonly createdAt = new Date();
  readonly keepAlive = true;
  readonly refusal = undefined;
  readonly logs = new FunctionLogs();
  invocations = 0;
  /** How often a call has woken it from zero. */
  wakeUps = 0;
  /** What `npm run dev` did last. */
  build: BuildView | undefined;
  readonly #options: FunctionProcessOptions;
  readonly #events = new EventEmitter().setMaxListeners(0);
  #code: FunctionCode;
  #wanted = 0;
  #child: FunctionChild | undefined;
  /** Whether a process was started on demand and has neither served nor ended yet. */
  #waking = false;
  readonly #idle = new IdleTimer(() => this.#sleep());
  readonly #backoff = new Backoff({ firstMs: 100, longestMs: 5_000 });
  #restart: NodeJS.Timeout | undefined;
  #replacing: Promise<void> = Promise.resolve();
  #stopped = false;
  readonly #retirements = new Retirements();

  constructor(options: FunctionProcessOptions) {
    this.#options = options;
    this.#code = this.#accept(options);
    if (readScaleLabels(options.definition.labels).min > 0) this.scale(1);
  }

  get definition(): LocalDefinition {
    return this.#code.definition;
  }

  /** Does it serve calls now? */
  get ready(): boolean {
    return this.#child?.port !== undefined;
  }

  get replicas() {
    return { wanted: this.#wanted, available: this.ready ? 1 : 0 };
  }

  /** Where it listens; starts its process when it is at zero, and then waits longer. */
  async address(within: number): Promise<FunctionAddress | undefined> {
    if (this.#wanted === 0 && !this.#stopped) {
      this.wakeUps += 1;
      this.scale(1);
    }
    await this.comesUp(this.#waking ? Math.max(within, wakeTimeoutMs) : within);
    const port = this.#child?.port;
    return port === undefined ? undefined : { host: "127.0.0.1", port };
  }

  /** Whether it serves, or is at zero, after so many milliseconds at most. */
  async comesUp(within: number): Promise<boolean> {
    if (this.#wanted > 0 && !this.ready) {
      const signal = AbortSignal.timeout(within);
      await once(this.#events, "decided", { signal }).catch(() => undefined);
    }
    return this.#wanted === 0 || this.ready;
  }

  callStarted({ port }: FunctionAddress): () => void {
    const child = this.#child?.port === port ? this.#child : this.#retirements.find(port);
    const callEnded = child?.beginCall();
    const idleAgain = this.#idle.begin();
    return () => {
      callEnded?.();
      idleAgain();
    };
  }

  /** Starts a process, or lets it end after the calls in flight. */
  scale(replicas: 0 | 1): void {
    if (this.#stopped || replicas === this.#wanted) return;
    this.#wanted = replicas;
    if (replicas === 0) {
      void this.#retire();
    } else {
      this.#waking = true;
      this.#serveBy(this.#newChild());
    }
  }

  /**
   * Serves calls with another definition, or without one with the bundle as it is built now. Calls in flight finish in the
   * old process, and new ones go to the new process as soon as it serves. At zero, the next process gets it.
   * @throws Error when the new process ends before it serves; the old one goes on serving.
   */
  replace(code: FunctionCode = this.#code): Promise<void> {
    this.#code = this.#accept(code);
    const replaced = this.#replacing.then(() => this.#replace());
    this.#replacing = replaced.catch(() => undefined);
    return replaced;
  }

  /** Takes no more calls, and ends for good after those in flight. */
  async remove(): Promise<void> {
    this.#stop();
    await Promise.all([this.#retire(), this.#replacing]);
  }

  /** Ends all processes for good; there must be no calls in flight. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop();
    const child = this.#child;
    this.#child = undefined;
    await Promise.all([child?.stop(exitPatience), this.#retirements.stop(exitPatience), this.#replacing]);
  }

  #stop(): void {
    this.#stopped = true;
    this.#wanted = 0;
    this.#idle[Symbol.dispose]();
    clearTimeout(this.#restart);
    this.#events.emit("decided");
  }

  #accept({ definition, environment }: FunctionCode): FunctionCode {
    const { zero, zeroAfterMs } = readScaleLabels(definition.labels);
    const isInspected = this.#options.inspectPort !== undefined;
    this.#idle.start(zero && !isInspected ? zeroAfterMs : undefined);
    return { definition: isInspected ? withoutTimeLimit(definition) : definition, environment };
  }

  #sleep(): void {
    if (!this.ready) return;
    this.#options.say(`${this.definition.name}: no calls; its process ends until the next one`);
    this.scale(0);
  }

  async #replace(): Promise<void> {
    if (this.#wanted === 0) return;
    // The debugger's port is free only after the old process has ended; calls wait meanwhile.
    if (this.#options.inspectPort !== undefined) await this.#retire(inspectedPatience);
    if (this.#wanted === 0) return;
    const next = this.#newChild();
    await next.started;
    if (this.#wanted === 0) return next.stop(exitPatience);
    if (next.port === undefined && this.ready) {
      throw new Error(`the new process does not start (${await next.ended})`);
    }
    void this.#retire();
    this.#serveBy(next);
  }

  /** Calls no longer reach the current process, which ends after those in flight. */
  #retire(within: Patience = this.#patience()): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    clearTimeout(this.#restart);
    return child === undefined ? Promise.resolve() : this.#retirements.add(child, within);
  }

  #patience(): Patience {
    const callMs = parseDuration(this.definition.environment.exec_timeout ?? "") ?? 0;
    return { idle: Math.max(idlePatience, callMs), exit: exitPatience };
  }

  #newChild(): FunctionChild {
    const { host, sourceMaps, inspectPort } = this.#options;
    const { definition, environment } = this.#code;
    const execArgv = [
      ...(sourceMaps ? ["--enable-source-maps"] : []),
      ...(inspectPort === undefined
        ? []
        : [`--inspect=127.0.0.1:${inspectPort}`, "--inspect-publish-uid=http"]),
    ];
    const log = (text: string, pid: number) =>
      this.logs.add({ time: Date.now(), instance: `${definition.name}-${pid}`, text });
    return new FunctionChild({ handler: definition.handler, host, environment, execArgv, log });
  }

  #serveBy(child: FunctionChild): void {
    this.#child = child;
    void child.started.then(() => {
      if (child !== this.#child || !this.ready) return;
      this.#waking = false;
      this.#idle.restart();
      this.#events.emit("decided");
    });
    void child.ended.then((reason) => this.#ended(child, reason));
  }

  #ended(child: FunctionChild, reason: string): void {
    if (child !== this.#child) return;
    this.#waking = false;
    if (child.hasServed) this.#backoff.reset();
    const pauseMs = this.#backoff.next();
    const { say } = this.#options;
    say(`${this.definition.name} ended (${reason}); starting it again in ${pauseMs} ms`);
    clearTimeout(this.#restart);
    this.#restart = setTimeout(() => this.#serveBy(this.#newChild()), pauseMs);
  }
}

/** A call may stand at a breakpoint for long. */
function withoutTimeLimit(definition: LocalDefinition): LocalDefinition {
  return { ...definition, environment: { ...definition.environment, exec_timeout: "24h" } };
}
