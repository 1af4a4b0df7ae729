// Measures the time of an engine by the length of a text: node growth-engine.mjs WHICH LIBRARY. For each line of JSON on
// standard input (an array of texts), it prints a line with the milliseconds for each text, by its length.

import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const [which, library] = /** @type {[string, string]} */ (process.argv.slice(2));
const { score } = await import(pathToFileURL(library).href);
const Sentiment = createRequire(import.meta.url)("sentiment");
const npm = new Sentiment();

/** @type {Record<string, (text: string) => unknown>} */
const engines = { textblob: score, sentiment: (text) => npm.analyze(text) };
const work = /** @type {(text: string) => unknown} */ (engines[which]);

const minTimeMs = 200;

/** Returns the minimum of many measurements, because other load only adds time. Measures short texts in groups. */
function measureTime(/** @type {string} */ text) {
  const groupSize = Math.ceil(20_000 / text.length);
  const begin = performance.now();
  let least = Number.POSITIVE_INFINITY;
  do {
    const start = performance.now();
    for (let remaining = groupSize; remaining > 0; remaining--) work(text);
    least = Math.min(least, (performance.now() - start) / groupSize);
  } while (performance.now() - begin < minTimeMs);
  return least;
}

for await (const line of createInterface({ input: process.stdin })) {
  const texts = /** @type {string[]} */ (JSON.parse(line));
  const answer = Object.fromEntries(texts.map((text) => [text.length, measureTime(text)]));
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
