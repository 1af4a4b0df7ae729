// One contender of sentiment.mjs: node sentiment-peers.mjs NAME TEXTS LIBRARY. Reads the texts, warms up, prints `ready`, and
// then answers each line of its input with one measurement.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { pathToFileURL } from "node:url";

const load = createRequire(import.meta.url);
const [which, textsFile, library] = process.argv.slice(2);

/** Each contender returns the polarity of a text as computed by the package. @type {Record<string, () => Promise<(text: string) => number>>} */
const contenders = {
  score: async () => {
    const { score } = await import(pathToFileURL(library).href);
    return (text) => score(text).polarity;
  },
  analyze: async () => {
    const { analyze } = await import(pathToFileURL(library).href);
    return (text) => analyze(text).polarity;
  },
  sentiment: async () => {
    const Sentiment = load("sentiment");
    const sentiment = new Sentiment();
    return (text) => sentiment.analyze(text).comparative;
  },
  "wink-sentiment": async () => {
    const wink = load("wink-sentiment");
    return (text) => wink(text).normalizedScore;
  },
  "vader-sentiment": async () => {
    const { SentimentIntensityAnalyzer } = load("vader-sentiment");
    return (text) => SentimentIntensityAnalyzer.polarity_scores(text).compound;
  },
};

const scorePolarity = await contenders[which]();
// Separate flat strings, like those from the body of a request.
const texts = /** @type {string[]} */ (JSON.parse(readFileSync(textsFile, "utf8"))).map((text) =>
  Buffer.from(text).toString(),
);

/** Scores all texts repeatedly until `seconds` of processor time are used. @param {number} seconds */
function measure(seconds) {
  const start = process.cpuUsage();
  let used = 0;
  let passes = 0;
  let sum = 0;
  do {
    sum = 0;
    for (let index = 0; index < texts.length; index++) sum += scorePolarity(texts[index]);
    passes++;
    const { user, system } = process.cpuUsage(start);
    used = (user + system) / 1e6;
  } while (used < seconds);
  return { texts: passes * texts.length, seconds: used, sum };
}

const say = (/** @type {unknown} */ answer) => process.stdout.write(`${JSON.stringify(answer)}\n`);
measure(2);
say("ready");
for await (const _ of createInterface({ input: process.stdin })) say(measure(1));
