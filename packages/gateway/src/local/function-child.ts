import { type ChildProcess, spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { setImmediate as nextTurn, setTimeout as wait } from "node:timers/promises";
import { isatty } from "node:tty";
import { endsWithin } from "@platform/shared/clients/ends-within";
import { splitLines } from "../http/split-lines.ts";
import { stopProcess } from "./stop-process.ts";

/** What a child runs. */
export interface FunctionChildOptions {
  /** The folder with handler.js. */
  handler: string;
  /** The bundle of template-host.ts. */
  host: string;
  environment: Readonly<Record<string, string>>;
  /** Options of Node.js. */
  execArgv: readonly string[];
  /** Takes each line that it writes. */
  log(line: string, pid: number): void;
}

/** How long a child that is no longer called may take, in milliseconds. */
export interface Patience {
  /** For the calls in flight. */
  idle: number;
  /** Between SIGTERM and SIGKILL. */
  exit: number;
}

/** Settings that the gateway passes to every function: the form of logs, and traces except the service name. */
const inherited = /^(PATH|LOG_FORMAT|NO_COLOR|OTEL_(?!SERVICE_NAME$)\w+)$/;
/** How long the last output of a process that has ended may take, in milliseconds. */
const outputPatience = 500;

/** One process that serves a function, from its start to its end. */
export class FunctionChild {
  readonly #child: ChildProcess;
  readonly #events = new EventEmitter();
  #port: number | undefined;
  #calls = 0;
  /** Whether it served calls at any time. */
  hasServed = false;
  /** Resolves once it serves, or has ended before; `port` tells which. */
  readonly started: Promise<void>;
  /** Resolves with the reason once it has ended. */
  readonly ended: Promise<string>;

  readonly #outputEnded: Promise<unknown>;

  constructor({ handler, host, environment, execArgv, log }: FunctionChildOptions) {
    const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => inherited.test(name)));
    const child = spawn(process.execPath, [...execArgv, host, handler], {
      env: { ...own, ...terminalSettings(process.env), ...environment },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      // A group of its own: Ctrl-C reaches the gateway, which stops its functions in order.
      detached: true,
    });
    this.#child = child;
    this.#outputEnded = once(child, "close").catch(() => undefined);
    for (const stream of [child.stdout, child.stderr]) {
      const push = splitLines((line) => log(line, child.pid ?? 0));
      stream?.on("data", (chunk: Buffer) => {
        process.stderr.write(chunk);
        push(chunk);
      });
      stream?.on("end", () => push(undefined));
    }
    this.ended = new Promise((resolve) => {
      child.once("exit", (code, signal) => resolve(signal ?? `exit code ${code}`));
      child.once("error", (error) => resolve(error.message));
    });
    this.started = new Promise((resolve) => {
      child.once("message", ({ port }: { port: number }) => {
        this.#port = port;
        this.hasServed = true;
        resolve();
      });
      void this.ended.then(() => {
        this.#port = undefined;
        resolve();
      });
    });
  }

  /** Where it listens on 127.0.0.1; undefined before it serves and after its end. */
  get port(): number | undefined {
    return this.#port;
  }

  /** Counts a call as in flight until the function that it returns is called. */
  beginCall(): () => void {
    this.#calls += 1;
    return () => {
      this.#calls -= 1;
      if (this.#calls === 0) this.#events.emit("idle");
    };
  }

  /** Lets the calls in flight finish, then ends the process; there must be no new ones. */
  async retire({ idle, exit }: Patience): Promise<void> {
    // A call that has just read the port begins in this turn of the event loop.
    await nextTurn();
    if (this.#calls > 0) {
      await Promise.race([once(this.#events, "idle"), this.ended, wait(idle, undefined, { ref: false })]);
    }
    await this.stop(exit);
  }

  /** Ends the process: SIGTERM, then SIGKILL after so many milliseconds. */
  async stop(patience: number): Promise<void> {
    await stopProcess(this.#child, patience);
    await endsWithin(outputPatience, this.#outputEnded);
  }
}

/** A function writes to a pipe; its logs look as on the terminal where that is what the gateway writes to. */
function terminalSettings({ LOG_FORMAT: format, NO_COLOR: noColor }: NodeJS.ProcessEnv) {
  if (!isatty(2) || (format && format !== "pretty")) return {};
  return { LOG_FORMAT: "pretty", ...(noColor ? {} : { FORCE_COLOR: "1" }) };
}
