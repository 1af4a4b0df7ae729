import { type ChildProcess, spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import type { FunctionAddress, FunctionTarget } from "../http/function-target.ts";
import type { StackFunction } from "./stack.ts";
import { stopProcess } from "./stop-process.ts";

/** How a function's process is started. */
export interface FunctionProcessOptions {
  definition: StackFunction;
  environment: Readonly<Record<string, string>>;
  /** The bundle of template-host.ts. */
  host: string;
  /** Takes a line for the user. */
  say(line: string): void;
}

const firstPause = 100;
const longestPause = 5_000;
const stopPatience = 15_000;

/** A function in a process of its own, started again whenever it dies. */
export class FunctionProcess implements FunctionTarget {
  readonly definition: StackFunction;
  readonly createdAt = new Date();
  readonly keepAlive = true;
  invocations = 0;
  readonly #options: FunctionProcessOptions;
  readonly #events = new EventEmitter().setMaxListeners(0);
  #child: ChildProcess | undefined;
  #port: number | undefined;
  #pause = firstPause;
  #restart: NodeJS.Timeout | undefined;

  constructor(options: FunctionProcessOptions) {
    this.definition = options.definition;
    this.#options = options;
    this.#start();
  }

  /** Does it serve calls now? */
  get ready(): boolean {
    return this.#port !== undefined;
  }

  get replicas() {
    return { wanted: 1, available: this.ready ? 1 : 0 };
  }

  async address(within: number): Promise<FunctionAddress | undefined> {
    if (this.#port === undefined) {
      await once(this.#events, "ready", { signal: AbortSignal.timeout(within) }).catch(() => undefined);
    }
    return this.#port === undefined ? undefined : { host: "127.0.0.1", port: this.#port };
  }

  /** Lets calls in flight finish, then ends the process for good. */
  async stop(): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    clearTimeout(this.#restart);
    if (child !== undefined) await stopProcess(child, stopPatience);
  }

  #start(): void {
    const { definition, environment, host } = this.#options;
    const child = spawn(process.execPath, [host, definition.handler], {
      env: { PATH: process.env.PATH, ...environment },
      stdio: ["ignore", 2, 2, "ipc"],
      // A group of its own: Ctrl-C reaches the gateway, which stops its functions in order.
      detached: true,
    });
    this.#child = child;
    child.once("message", (message: { port: number }) => {
      this.#port = message.port;
      this.#events.emit("ready");
    });
    child.once("exit", (code, signal) => this.#ended(child, signal ?? `exit code ${code}`));
    child.once("error", (error) => this.#ended(child, error.message));
  }

  #ended(child: ChildProcess, reason: string): void {
    if (child !== this.#child) return;
    if (this.ready) this.#pause = firstPause;
    this.#port = undefined;
    const { definition, say } = this.#options;
    say(`${definition.name} ended (${reason}); starting it again in ${this.#pause} ms`);
    clearTimeout(this.#restart);
    this.#restart = setTimeout(() => this.#start(), this.#pause);
    this.#pause = Math.min(this.#pause * 2, longestPause);
  }
}
