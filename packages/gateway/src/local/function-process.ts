import { EventEmitter, once } from "node:events";
import { Backoff } from "@platform/shared/clients/backoff";
import type { BuildView } from "../dashboard/view.ts";
import { FunctionLogs } from "../http/function-logs.ts";
import type { FunctionAddress, FunctionTarget } from "../http/function-target.ts";
import { FunctionChild } from "./function-child.ts";
import type { StackFunction } from "./stack.ts";

/** How a function's process is started. */
export interface FunctionProcessOptions {
  definition: StackFunction;
  environment: Readonly<Record<string, string>>;
  /** The bundle of template-host.ts. */
  host: string;
  /** Whether Node.js reads source maps, so that uncaught errors name source files too. */
  sourceMaps?: boolean;
  /** The port of 127.0.0.1 for a debugger. */
  inspectPort?: number | undefined;
  /** Takes a line for the user. */
  say(line: string): void;
}

const patience = { idle: 15_000, exit: 15_000 };
/** A call that stands at a breakpoint does not end. */
const inspectedPatience = { idle: 2_000, exit: 1_000 };

/** A function in a process of its own, started again whenever it ends. */
export class FunctionProcess implements FunctionTarget, AsyncDisposable {
  readonly definition: StackFunction;
  readonly createdAt = new Date();
  readonly keepAlive = true;
  readonly logs = new FunctionLogs();
  invocations = 0;
  /** What `npm run dev` did last. */
  build: BuildView | undefined;
  readonly #options: FunctionProcessOptions;
  readonly #events = new EventEmitter().setMaxListeners(0);
  #child: FunctionChild | undefined;
  readonly #backoff = new Backoff({ firstMs: 100, longestMs: 5_000 });
  #restart: NodeJS.Timeout | undefined;
  #replacing: Promise<void> = Promise.resolve();
  #stopped = false;
  /** Ends of processes that no longer get calls. */
  readonly #retirements = new Set<Promise<void>>();

  constructor(options: FunctionProcessOptions) {
    const { definition, inspectPort } = options;
    this.definition = inspectPort === undefined ? definition : withoutTimeLimit(definition);
    this.#options = options;
    this.#serveBy(this.#newChild());
  }

  /** Does it serve calls now? */
  get ready(): boolean {
    return this.#child?.port !== undefined;
  }

  get replicas() {
    return { wanted: 1, available: this.ready ? 1 : 0 };
  }

  async address(within: number): Promise<FunctionAddress | undefined> {
    if (!this.ready) {
      await once(this.#events, "ready", { signal: AbortSignal.timeout(within) }).catch(() => undefined);
    }
    const port = this.#child?.port;
    return port === undefined ? undefined : { host: "127.0.0.1", port };
  }

  callStarted({ port }: FunctionAddress): () => void {
    return this.#child?.port === port ? this.#child.beginCall() : () => undefined;
  }

  /**
   * Serves calls with the code that is built now. Calls in flight finish in the old process, and new ones go to the new
   * process as soon as it serves.
   * @throws Error when the new process ends before it serves; the old one goes on serving.
   */
  replace(): Promise<void> {
    const replaced = this.#replacing.then(() => this.#replace());
    this.#replacing = replaced.catch(() => undefined);
    return replaced;
  }

  /** Lets calls in flight finish, then ends the process for good. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stopped = true;
    const child = this.#child;
    this.#child = undefined;
    clearTimeout(this.#restart);
    await Promise.all([child?.stop(patience.exit), ...this.#retirements]);
    await this.#replacing;
  }

  async #replace(): Promise<void> {
    if (this.#stopped) return;
    // The debugger's port is free only after the old process has ended; calls wait meanwhile.
    if (this.#options.inspectPort !== undefined) await this.#retire(inspectedPatience);
    if (this.#stopped) return;
    const next = this.#newChild();
    await next.started;
    if (this.#stopped) return next.stop(patience.exit);
    if (next.port === undefined && this.ready) {
      throw new Error(`the new build does not start (${await next.ended})`);
    }
    void this.#retire(patience);
    this.#serveBy(next);
  }

  /** Calls no longer reach the current process, which ends after those in flight. */
  #retire(within: typeof patience): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    clearTimeout(this.#restart);
    if (child === undefined) return Promise.resolve();
    const retirement = child.retire(within).finally(() => this.#retirements.delete(retirement));
    this.#retirements.add(retirement);
    return retirement;
  }

  #newChild(): FunctionChild {
    const { definition, environment, host, sourceMaps, inspectPort } = this.#options;
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
      if (child === this.#child && this.ready) this.#events.emit("ready");
    });
    void child.ended.then((reason) => this.#ended(child, reason));
  }

  #ended(child: FunctionChild, reason: string): void {
    if (child !== this.#child) return;
    if (child.hasServed) this.#backoff.reset();
    const pauseMs = this.#backoff.next();
    const { definition, say } = this.#options;
    say(`${definition.name} ended (${reason}); starting it again in ${pauseMs} ms`);
    clearTimeout(this.#restart);
    this.#restart = setTimeout(() => this.#serveBy(this.#newChild()), pauseMs);
  }
}

/** A call may stand at a breakpoint for long. */
function withoutTimeLimit(definition: StackFunction): StackFunction {
  return { ...definition, environment: { ...definition.environment, exec_timeout: "24h" } };
}
