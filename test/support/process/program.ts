import { spawn } from "node:child_process";
import { once } from "node:events";
import { waitFor } from "../wait-for.ts";

/** Options of a program. */
export interface ProgramOptions {
  command: readonly [string, ...string[]];
  /** The complete environment. */
  env: Readonly<Record<string, string | undefined>>;
  cwd?: string;
}

/** A started process. Disposing of it sends SIGTERM, and SIGKILL after 15 seconds. */
export interface StartedProgram extends AsyncDisposable {
  pid: number;
  /** Returns its standard output and error so far, truncated at the beginning. */
  output(): string;
  signal(name: NodeJS.Signals): void;
  hasEnded(): boolean;
  /** Resolves with its exit code or signal after it has exited. */
  ended: Promise<number | NodeJS.Signals>;
}

/** The running programs of a test file. The test environment (program-environment.ts) ends those that are left. */
export type StartedPrograms = Set<AsyncDisposable>;

declare global {
  var startedPrograms: StartedPrograms | undefined;
}

const killTimeoutMs = 15_000;
/** Minimum length of the kept output, in characters. */
const outputLimit = 4_000_000;

/** Starts a process without waiting for anything. */
export function startProgram({ command, env, cwd }: ProgramOptions): StartedProgram {
  const [program, ...args] = command;
  const child = spawn(program, args, {
    env,
    stdio: ["ignore", "pipe", "pipe"],
    ...(cwd === undefined ? {} : { cwd }),
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk) => {
      output += chunk;
      if (output.length > 2 * outputLimit) output = output.slice(-outputLimit);
    });
  }
  child.on("error", (error) => {
    output += error.message;
  });
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null || child.pid === undefined;
  const ended = once(child, "close").then(([code, signal]) => (signal ?? code) as number | NodeJS.Signals);
  const started: StartedProgram = {
    pid: child.pid ?? 0,
    output: () => output,
    signal: (name) => void child.kill(name),
    hasEnded,
    ended,
    async [Symbol.asyncDispose]() {
      if (hasEnded()) return;
      child.kill("SIGTERM");
      const killTimer = setTimeout(() => child.kill("SIGKILL"), killTimeoutMs);
      await ended;
      clearTimeout(killTimer);
    },
  };
  globalThis.startedPrograms?.add(started);
  void ended.then(() => globalThis.startedPrograms?.delete(started));
  return started;
}

/** Waits until `poll` returns a value. Rejects with the program's output if it exits or the time is over. */
export async function waitForProgram<T>(
  name: string,
  program: StartedProgram,
  poll: () => T | Promise<T>,
  timeoutMs = 30_000,
): Promise<Exclude<T, false | undefined>> {
  try {
    return await waitFor(
      name,
      async () => {
        if (program.hasEnded()) throw new Error(`${name} ended`);
        return poll();
      },
      timeoutMs,
    );
  } catch (cause) {
    throw new Error(`${(cause as Error).message}; it printed:\n${program.output().slice(-4_000)}`, { cause });
  }
}
