import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import type { Readable, Writable } from "node:stream";

/** A Python program that answers each line of its input with a line. */
export interface StartedPython extends AsyncDisposable {
  /** Its answers to some lines, in order. Rejects with what it wrote to standard error if it has ended. */
  ask(lines: readonly string[]): Promise<string[]>;
}

/** What to run. */
export interface PythonProcessOptions {
  python: string;
  /** The program and its arguments. */
  args: readonly string[];
  env?: Readonly<Record<string, string>>;
}

/** Starts a Python program; does not wait for anything. Disposing of it ends it. */
export function startPython({ python, args, env = {} }: PythonProcessOptions): StartedPython {
  const child = spawn(python, args, {
    env: { ...process.env, PYTHONUTF8: "1", ...env },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const errors: string[] = [];
  child.stderr.setEncoding("utf8").on("data", (text: string) => errors.push(text));
  // Without this a write to a dead process would end the tests; lines() tells of its death.
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

/** Lines of a process's output, ended by line feeds alone; throws with what it said if the process ends. */
async function* lines(child: Child, errors: readonly string[]): AsyncGenerator<string, void> {
  let rest = "";
  for await (const chunk of child.stdout.setEncoding("utf8")) {
    const complete = (rest + chunk).split("\n");
    rest = complete.pop()!;
    yield* complete;
  }
  throw new Error(`Python ended: ${errors.join("").trim() || "without a message"}`);
}
