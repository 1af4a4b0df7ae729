// Sentiment of short texts: compares ours with TextBlob and others. Every contender is a separate, warm process with the same
// 20,000 texts. They run in turns, one at a time, and each measures its own processor time.

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { comparison } from "./comparison.mjs";
import { makeTexts } from "./sentiment-texts.mjs";
import { buildTextblob } from "./textblob-library.mjs";

const TEXTS = 20_000;
const PYTHON = "python3.11";
const VADER = "vaderSentiment==3.3.2";

/** @type {import("./comparison.mjs").Metric} */
const metric = { key: "rate", title: "sentiment", unit: "texts/s of processor time", less: false };

const here = (/** @type {string} */ path) => fileURLToPath(new URL(path, import.meta.url));

/** @type {import("./run-benches.mjs").Bench["run"]} */
export async function* run({ rounds, log, signal }) {
  const folder = mkdtempSync(join(tmpdir(), "bench-sentiment-"));
  /** @type {Contender[]} */
  const contenders = [];
  try {
    const texts = join(folder, "texts.json");
    writeFileSync(texts, JSON.stringify(makeTexts(TEXTS)));
    const library = await buildTextblob(folder);
    const node = (/** @type {string} */ which) => [
      process.execPath,
      here("sentiment-peers.mjs"),
      which,
      texts,
      library,
    ];
    const python = preparePython(log);
    const pythons = (/** @type {string} */ which) =>
      python && [python.python, here("sentiment_peers.py"), which, texts];
    const env = { ...process.env, NLTK_DATA: python?.nltk_data, PYTHONUTF8: "1" };
    for (const [title, command] of /** @type {[string, string[] | undefined][]} */ ([
      ["@platform/textblob score", node("score")],
      ["@platform/textblob analyze", node("analyze")],
      ["TextBlob 0.20.1 (Python)", pythons("textblob")],
      ["vaderSentiment 3.3.2 (Python)", pythons("vader")],
      ["sentiment 5.0.2 (npm)", node("sentiment")],
      ["wink-sentiment 5.0.2 (npm)", node("wink-sentiment")],
      ["vader-sentiment 1.1.3 (npm)", node("vader-sentiment")],
    ])) {
      if (command === undefined) {
        contenders.push({ title, skipped: `skipped: needs ${PYTHON}` });
        continue;
      }
      signal.throwIfAborted();
      log(`${title} warms up`);
      contenders.push(await start(title, command, env, signal));
    }

    const compare = comparison({ rounds, warmUp: false, log, signal });
    const [row] = await compare("of short texts", undefined, contenders, [metric]);
    compareAnswers(contenders, log);
    const [analyze, ...peers] = row.peers;
    // `score` returns only means, as the functions need; `analyze` also returns assessments, like `sentiment`.
    yield { ...row, peers };
    yield { ...row, name: `${row.name}, with assessments`, ours: analyze, peers };
  } finally {
    for (const contender of contenders) contender.stop?.();
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * @typedef {object} Contender
 * @property {string} title
 * @property {string} [skipped]
 * @property {number} [sum] sum of the polarities of all texts
 * @property {() => Promise<import("./comparison.mjs").Figures>} [measure]
 * @property {() => void} [stop]
 */

/**
 * Starts a contender. It prints `ready` when it is warm, and answers each line with the result of one measurement.
 *
 * @param {string} title
 * @param {string[]} command
 * @param {NodeJS.ProcessEnv} env
 * @param {AbortSignal} signal
 * @returns {Promise<Contender>}
 */
async function start(title, [program, ...args], env, signal) {
  const child = spawn(program, args, { env, stdio: ["pipe", "pipe", "inherit"] });
  const stop = () => void child.kill();
  signal.addEventListener("abort", stop);
  const lines = readLines(child);
  const read = async () => {
    const { value, done } = await lines.next();
    if (done) throw new Error(`${title} ended`);
    return JSON.parse(value);
  };
  await read();
  /** @type {Contender} */
  const contender = {
    title,
    async measure() {
      child.stdin.write("measure\n");
      const { texts, seconds, sum } = await read();
      contender.sum = sum;
      return { rate: texts / seconds };
    },
    stop,
  };
  return contender;
}

/** @param {import("node:child_process").ChildProcessByStdio<any, import("node:stream").Readable, null>} child */
async function* readLines(child) {
  let rest = "";
  for await (const chunk of child.stdout.setEncoding("utf8")) {
    const complete = (rest + chunk).split("\n");
    rest = complete.pop() ?? "";
    yield* complete;
  }
  if (child.exitCode === null) await once(child, "exit");
}

/**
 * Prepares the Python environment with TextBlob and vaderSentiment, which is cached.
 *
 * @param {(line: string) => void} log
 * @returns {{ python: string, nltk_data: string } | undefined}
 */
function preparePython(log) {
  if (spawnSync(PYTHON, ["--version"]).status !== 0) return undefined;
  log("prepares Python (the first time takes half a minute)");
  const maker = here("../packages/textblob/reference/environment.py");
  const { status, stdout } = spawnSync(PYTHON, [maker, VADER], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  if (status !== 0) throw new Error("Creating the Python environment failed");
  return JSON.parse(stdout);
}

/**
 * Verifies that the contenders did the same work: our sum of polarities must equal that of TextBlob, to the last bit.
 *
 * @param {Contender[]} contenders
 * @param {(line: string) => void} log
 */
function compareAnswers([score, analyze, textblob], log) {
  if (score.sum !== analyze.sum) throw new Error(`score and analyze differ: ${score.sum}, ${analyze.sum}`);
  if (textblob.sum === undefined) return;
  if (textblob.sum !== score.sum)
    throw new Error(`TextBlob's answers differ: ${textblob.sum}, ours ${score.sum}`);
  log(
    `the same answers as TextBlob's on all ${TEXTS.toLocaleString("en")} texts (sum of polarities ${score.sum})`,
  );
}
