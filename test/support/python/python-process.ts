import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable, Writable } from "node:stream";

/** A Python program that answers each input line with one line. */
export interface StartedPython extends AsyncDisposable {
  /** Returns its answers to some lines, in order. Rejects with its standard error if it has exited. */
  ask(lines: readonly string[]): Promise<string[]>;
}

/** Options of a program. */
export interface PythonProcessOptions {
  python: string;
  /** The program and its arguments. */
  args: readonly string[];
  env?: Readonly<Record<string, string>>;
}

/** Starts a Python program without waiting for anything. Disposing of it ends it. */
export function startPython({ python, args, env = {} }: PythonProcessOptions): StartedPython {
  const child = spawn(python, args, {
    env: { ...process.env, PYTHONUTF8: "1", ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const errors: string[] = [];
  child.stderr.setEncoding("utf8").on("data", (text: string) => errors.push(text));
  // Without this, a write to an exited process would end the tests; lines() reports the exit.
  child.stdin.on("error", () => undefined);
  const answers = lines(child, errors);
  return {
    async ask(questions) {
      child.stdin.write(questions.map((line) => `${line}\n`).join(""));
      const result: string[] = [];
      while (result.length < questions.length) {
        const { value, done } = await answers.next();
        if (done) throw new Error("Python has ended");
        result.push(value);
      }
      return result;
    },
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      child.kill();
      await once(child, "exit");
    },
  };
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** Yields lines of a process's output, separated by line feeds only. Throws its error output if the process exits. */
async function* lines(child: Child, errors: readonly string[]): AsyncGenerator<string, void> {
  let rest = "";
  for await (const chunk of child.stdout.setEncoding("utf8")) {
    const complete = (rest + chunk).split("\n");
    rest = complete.pop()!;
    yield* complete;
  }
  throw new Error(`Python ended: ${errors.join("").trim() || "without a message"}`);
}
