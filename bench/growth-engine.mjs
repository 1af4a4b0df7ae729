// How long an engine takes for a text, by its length: node growth-engine.mjs WHICH LIBRARY. For each line of JSON on standard
// input, texts, it answers with a line: the milliseconds for each, by its length.

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

const leastTime = 200;

/** The least of many times: what else the machine does only adds to it. Short texts are measured many at a time. */
function timeOf(/** @type {string} */ text) {
  const together = Math.ceil(20_000 / text.length);
  const begin = performance.now();
  let least = Number.POSITIVE_INFINITY;
  do {
    const start = performance.now();
    for (let left = together; left > 0; left--) work(text);
    least = Math.min(least, (performance.now() - start) / together);
  } while (performance.now() - begin < leastTime);
  return least;
}

for await (const line of createInterface({ input: process.stdin })) {
  const texts = /** @type {string[]} */ (JSON.parse(line));
  const answer = Object.fromEntries(texts.map((text) => [text.length, timeOf(text)]));
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
