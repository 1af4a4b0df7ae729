import { type ChildProcess, spawn } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { setImmediate as nextTurn, setTimeout as wait } from "node:timers/promises";
import { isatty } from "node:tty";
import { settlesWithin } from "@platform/shared/clients/settles-within";
import { splitLines } from "../http/split-lines.ts";
import { stopProcess } from "./stop-process.ts";

/** The program of a child. */
export interface FunctionChildOptions {
  /** The folder with handler.js. */
  handler: string;
  /** The bundle of template-host.ts. */
  host: string;
  environment: Readonly<Record<string, string>>;
  /** Command-line options of Node.js. */
  execArgv: readonly string[];
  /** Called with each line of output. */
  log(line: string, pid: number): void;
}

/** The time limits of a child's shutdown, in milliseconds. */
export interface ShutdownLimits {
  /** The time for calls in flight. */
  idle: number;
  /** The time between SIGTERM and SIGKILL. */
  exit: number;
}

/** The variables that every function inherits from the gateway: PATH, and the settings of logs and of traces except the service name. */
const inherited = /^(PATH|LOG_FORMAT|NO_COLOR|OTEL_(?!SERVICE_NAME$)\w+)$/;
/** The time limit for the last output of an ended process, in milliseconds. */
const outputTimeoutMs = 500;

/** One process that serves a function, from its start to its end. */
export class FunctionChild {
  readonly #child: ChildProcess;
  readonly #events = new EventEmitter();
  #port: number | undefined;
  #calls = 0;
  /** Whether it ever served calls. */
  hasServed = false;
  /** Resolves when it serves or has ended; `port` is undefined if it has ended. */
  readonly started: Promise<void>;
  /** Resolves with the reason once it has ended. */
  readonly ended: Promise<string>;

  readonly #outputEnded: Promise<unknown>;

  constructor({ handler, host, environment, execArgv, log }: FunctionChildOptions) {
    const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => inherited.test(name)));
    const child = spawn(process.execPath, [...execArgv, host, handler], {
      env: { ...own, ...terminalSettings(process.env), ...environment },
      stdio: ["ignore", "pipe", "pipe", "ipc"],
      // A separate process group: Ctrl-C reaches only the gateway, which then stops its functions gracefully.
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

  /** The port on 127.0.0.1; undefined before it serves and after its end. */
  get port(): number | undefined {
    return this.#port;
  }

  /** Counts a call as in flight until the returned function is called. */
  beginCall(): () => void {
    this.#calls += 1;
    return () => {
      this.#calls -= 1;
      if (this.#calls === 0) this.#events.emit("idle");
    };
  }

  /** Waits for calls in flight, then ends the process. The caller must send no new calls. */
  async retire({ idle, exit }: ShutdownLimits): Promise<void> {
    // A call that has just read the port starts in this turn of the event loop.
    await nextTurn();
    if (this.#calls > 0) {
      await Promise.race([once(this.#events, "idle"), this.ended, wait(idle, undefined, { ref: false })]);
    }
    await this.stop(exit);
  }

  /** Ends the process with SIGTERM, and with SIGKILL after the time limit in milliseconds. */
  async stop(graceMs: number): Promise<void> {
    await stopProcess(this.#child, graceMs);
    await settlesWithin(outputTimeoutMs, this.#outputEnded);
  }
}

/** Makes logs look as on a terminal when the gateway writes to one, although the function writes to a pipe. */
function terminalSettings({ LOG_FORMAT: format, NO_COLOR: noColor }: NodeJS.ProcessEnv) {
  if (!isatty(2) || (format && format !== "pretty")) return {};
  return { LOG_FORMAT: "pretty", ...(noColor ? {} : { FORCE_COLOR: "1" }) };
}
