import { execFile, spawnSync } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { root } from "../repo.ts";
import { startPython } from "./python-process.ts";

/** The version of Python for the reference answers: other versions add floats differently and know other characters. */
export const PYTHON = "python3.11";

/** Whether that Python is on this machine. */
export const hasPython = (): boolean => spawnSync(PYTHON, ["--version"]).status === 0;

/** The real TextBlob in a Python process. */
export interface StartedTextBlob extends AsyncDisposable {
  /** TextBlob's answer to each text, in order. One call at a time. */
  ask(texts: readonly string[]): Promise<TextBlobAnswer[]>;
  /** `TextBlob(text).sentiment`. */
  readSentiment(text: string): Promise<Pick<TextBlobAnswer, "polarity" | "subjectivity">>;
}

/** The result of `test/e2e/textblob_oracle.py` for a text, in the shape of our `analyze`. */
interface TextBlobAnswer {
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
 * Starts the real TextBlob at the versions of `packages/textblob/reference/versions.json`. The first start on a machine creates a Python
 * environment in the cache (`PLATFORM_CACHE`, or the user's cache folder) with pip.
 */
export async function startTextBlob(): Promise<StartedTextBlob> {
  const maker = join(root, "packages/textblob/reference/environment.py");
  const { stdout } = await promisify(execFile)(PYTHON, [maker]);
  const environment = JSON.parse(stdout) as { python: string; nltk_data: string };
  const oracle = startPython({
    python: environment.python,
    args: [join(root, "test/e2e/textblob_oracle.py")],
    env: { NLTK_DATA: environment.nltk_data },
  });
  return {
    async ask(texts) {
      const answers = await oracle.ask(texts.map((text) => JSON.stringify({ text })));
      return answers.map((answer) => JSON.parse(answer));
    },
    async readSentiment(text) {
      const [answer = ""] = await oracle.ask([JSON.stringify({ whole: text })]);
      return JSON.parse(answer);
    },
    [Symbol.asyncDispose]: () => oracle[Symbol.asyncDispose](),
  };
}
