import { type ChildProcessByStdio, execFile, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import { promisify } from "node:util";

const root = join(__dirname, "../..");

/** The Python that the reference answers come from: other versions add up differently and know other characters. */
export const PYTHON = "python3.11";

/** Whether that Python is on this machine. */
export const hasPython = (): boolean => spawnSync(PYTHON, ["--version"]).status === 0;

/** The real TextBlob in a Python process. */
export interface StartedTextBlob extends AsyncDisposable {
  /** TextBlob's answer to each text, in order. One call at a time. */
  ask(texts: readonly string[]): Promise<TextBlobAnswer[]>;
}

/** What `test/e2e/textblob_oracle.py` says of a text: the same shape as our `analyze`. */
export interface TextBlobAnswer {
  readonly polarity: number;
  readonly subjectivity: number;
  readonly sentences: readonly {
    readonly text: string;
    readonly polarity: number;
    readonly subjectivity: number;
    readonly assessments: readonly object[];
  }[];
}

/**
 * Starts the real TextBlob at the versions of `packages/textblob/reference/versions.json`. The first start on a machine
 * makes a Python environment in the cache (`PLATFORM_CACHE`, or a folder of the user's own) with pip.
 */
export async function startTextBlob(): Promise<StartedTextBlob> {
  const maker = join(root, "packages/textblob/reference/environment.py");
  const { stdout } = await promisify(execFile)(PYTHON, [maker]);
  const environment = JSON.parse(stdout) as { python: string; nltk_data: string };
  const child = spawn(environment.python, [join(root, "test/e2e/textblob_oracle.py")], {
    env: { ...process.env, NLTK_DATA: environment.nltk_data, PYTHONUTF8: "1" },
    stdio: ["pipe", "pipe", "pipe"],
  });
  const errors: string[] = [];
  child.stderr.setEncoding("utf8").on("data", (text: string) => errors.push(text));
  // Without this a write to a dead process would end the tests; lines() tells of its death.
  child.stdin.on("error", () => undefined);
  const answers = lines(child, errors);
  return {
    async ask(texts) {
      child.stdin.write(texts.map((text) => `${JSON.stringify({ text })}\n`).join(""));
      const result: TextBlobAnswer[] = [];
      while (result.length < texts.length) result.push(JSON.parse((await answers.next()).value!));
      return result;
    },
    async [Symbol.asyncDispose]() {
      child.stdin.end();
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
    },
  };
}

type Child = ChildProcessByStdio<Writable, Readable, Readable>;

/** Lines of a process's output, ended by line feeds alone; throws with what it said if the process ends. */
async function* lines(child: Child, errors: readonly string[]): AsyncGenerator<string> {
  let rest = "";
  for await (const chunk of child.stdout.setEncoding("utf8")) {
    const complete = (rest + chunk).split("\n");
    rest = complete.pop()!;
    yield* complete;
  }
  throw new Error(`Python ended: ${errors.join("").trim() || "without a message"}`);
}
