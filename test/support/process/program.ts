import { spawn } from "node:child_process";
import { once } from "node:events";
import { waitFor } from "../wait-for.ts";

/** What to run. */
export interface ProgramOptions {
  command: readonly [string, ...string[]];
  /** The whole environment. */
  env: Readonly<Record<string, string | undefined>>;
  cwd?: string;
}

/** A process that a test started. Disposing of it ends it: SIGTERM, and SIGKILL when that takes 15 seconds. */
export interface StartedProgram extends AsyncDisposable {
  pid: number;
  /** What it wrote to standard output and error so far; of very much the end. */
  output(): string;
  signal(name: NodeJS.Signals): void;
  hasEnded(): boolean;
  /** Resolves with its exit code, or its signal, once it has ended. */
  ended: Promise<number | NodeJS.Signals>;
}

/** The programs of a test file that run. The test environment (program-environment.ts) ends those that are left. */
export type StartedPrograms = Set<AsyncDisposable>;

declare global {
  var startedPrograms: StartedPrograms | undefined;
}

const patience = 15_000;
/** So much of its output is kept at least, in characters. */
const longest = 4_000_000;

/** Starts a process; does not wait for anything. */
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
      if (output.length > 2 * longest) output = output.slice(-longest);
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
      const late = setTimeout(() => child.kill("SIGKILL"), patience);
      await ended;
      clearTimeout(late);
    },
  };
  globalThis.startedPrograms?.add(started);
  void ended.then(() => globalThis.startedPrograms?.delete(started));
  return started;
}

/** Waits for a program until `ask` gives something; rejects with what it printed when it ends or takes too long. */
export async function waitForProgram<T>(
  name: string,
  program: StartedProgram,
  ask: () => T | Promise<T>,
  milliseconds = 30_000,
): Promise<Exclude<T, false | undefined>> {
  try {
    return await waitFor(
      name,
      async () => {
        if (program.hasEnded()) throw new Error(`${name} ended`);
        return ask();
      },
      milliseconds,
    );
  } catch (cause) {
    throw new Error(`${(cause as Error).message}; it printed:\n${program.output().slice(-4_000)}`, { cause });
  }
}
