// Measures the growth of time with input size: texts of 10² to 10⁶ characters for the engine, batches of 10² to 10⁵ items for
// the functions, runs of 10 to 10⁴ headers. The limits of the functions are raised. The slope is that of the regression line
// through the logarithms: 1 is linear.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { comparison } from "./comparison.mjs";
import { makeTexts } from "./sentiment-texts.mjs";
import { batchCalls, servedFunctions, toRequest } from "./served-functions.mjs";
import { loadServices } from "./services.mjs";
import { trackStarted } from "./started.mjs";
import { buildTextblob } from "./textblob-library.mjs";

const lengths = [100, 1_000, 10_000, 100_000, 1_000_000];
const batches = [100, 1_000, 10_000, 100_000];
const counts = [10, 100, 1_000, 10_000];

/** @type {import("./comparison.mjs").Metric[]} */
const metrics = [{ key: "slope", title: "growth: slope", unit: "", less: true }];
const linear = { title: "linear", measure: async () => ({ slope: 1 }) };

/** Generators of texts of a length, by kind. @type {Record<string, (length: number) => string>} */
const kinds = {
  tweets: (length) =>
    makeTexts(Math.ceil(length / 100))
      .join(" ")
      .slice(0, length),
  "one word": (length) => "a".repeat(length),
  "full stops": (length) => ".".repeat(length),
  "one sentence": (length) => "not very good, ".repeat(Math.ceil(length / 15)).slice(0, length),
};

/** @type {import("./run-benches.mjs").Bench["run"]} */
export async function* run({ rounds, log, signal }) {
  const services = await loadServices();
  const started = trackStarted(signal);
  try {
    /** The slope of the regression line through the logarithms of sizes and times. */
    const slope = (/** @type {Readonly<Record<string, number>>} */ times) =>
      services.regressionSlope(
        Object.entries(times).map(([size, time]) => [Math.log(Number(size)), Math.log(time)]),
      );
    const compare = comparison({ rounds, log, signal });
    const folder = mkdtempSync(join(tmpdir(), "bench-growth-"));
    started.defer(() => rmSync(folder, { recursive: true }));
    const library = await buildTextblob(folder);
    const engine = (/** @type {string} */ title, /** @type {string} */ which) => {
      const program = started.lineProgram("growth-engine.mjs", [which, library]);
      return {
        title,
        measure: async (/** @type {string[]} */ texts) => ({ slope: slope(await program.ask(texts)) }),
      };
    };
    const engines = [
      engine("@platform/textblob", "textblob"),
      linear,
      engine("sentiment 5.0.2 (npm)", "sentiment"),
    ];
    for (const [kind, makeText] of Object.entries(kinds)) {
      yield* await compare(
        `of the engine, a text of ${kind} with 10²…10⁶ characters`,
        lengths.map(makeText),
        engines,
        metrics,
      );
    }

    const { start } = await servedFunctions(services, started);
    const serve = (/** @type {string} */ of) => started.use(start(services.bundleFolder(of), limitless));
    const corpus = makeTexts(Math.max(...batches));
    const calls = batches.map((count) => batchCalls(corpus.slice(0, count)));
    for (const [functionIndex, { name: of }] of batchCalls([]).entries()) {
      const { url } = await serve(of);
      const tasks = Object.fromEntries(
        batches.map((size, index) => [size, [url, toRequest(calls[index][functionIndex])]]),
      );
      yield* await compare(`of ${of}, batches of 10²…10⁵`, tasks, [caller(of, slope), linear], metrics);
    }
    const { url } = await serve("last-block");
    const tasks = Object.fromEntries(counts.map((count) => [count, [`${url}/?count=${count}`, {}]]));
    yield* await compare(
      "of last-block, runs of 10…10⁴ headers",
      tasks,
      [caller("last-block", slope), linear],
      metrics,
    );
  } finally {
    await started.end();
  }
}

const limitless = {
  LOG_LEVEL: "warn",
  MAX_RAW_SIZE: "64mb",
  MAX_BODY_BYTES: "64000000",
  MAX_BATCH_ITEMS: "100000",
  ENRICH_TIMEOUT: "1m",
  MAX_COUNT: "10000",
  GETH_CACHE: "0ms",
  GETH_TIMEOUT: "1m",
  GETH_TOTAL_TIMEOUT: "1m",
  GETH_MAX_ANSWER_BYTES: "100000000",
};

/** The number of measurements of a task; the minimum counts, because other load only adds time. */
const repetitions = (/** @type {number} */ size) => (size > 10_000 ? 2 : 10);

/**
 * A contender that calls a function with tasks (a URL and a request) by their sizes.
 *
 * @param {string} title
 * @param {(times: Readonly<Record<string, number>>) => number} slope
 */
function caller(title, slope) {
  return {
    title,
    async measure(/** @type {Record<string, any>} */ tasks) {
      /** @type {Record<string, number>} */
      const times = {};
      for (const [size, [url, request]] of Object.entries(tasks)) {
        const samples = [];
        for (let remaining = repetitions(Number(size)); remaining > 0; remaining--) {
          const begin = performance.now();
          const answer = await fetch(url, request);
          await answer.arrayBuffer();
          samples.push(performance.now() - begin);
          if (!answer.ok) throw new Error(`${title} answers ${answer.status} to ${size}`);
        }
        times[size] = Math.min(...samples);
      }
      return { slope: slope(times) };
    },
  };
}
