import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createEngine } from "./engine.ts";
import { analyze, score, scoreSentences, splitSentences } from "./index.ts";

interface Expected {
  readonly polarity: number;
  readonly subjectivity: number;
  readonly sentence_count: number;
  readonly sentences: readonly string[];
}

const read = <T>(...path: string[]): T[] =>
  readFileSync(join(...path), "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as T);

/** The texts with results that differ from the reference in any bit or character. */
function differences(folder: string, name: string): { text: string; expected: Expected }[] {
  const texts = read<{ id: string; text: string }>(folder, `${name}.ndjson`);
  const expected = read<Expected & { id: string }>(folder, `${name}_expected.ndjson`);
  expect(expected.map(({ id }) => id)).toEqual(texts.map(({ id }) => id));
  return texts
    .map(({ text }, index) => ({ text, expected: expected[index]! }))
    .filter(({ text, expected }) => !isSame(text, expected));
}

function isSame(text: string, expected: Expected): boolean {
  const means = score(text);
  const analysis = analyze(text);
  const sentences = JSON.stringify(expected.sentences);
  return (
    Object.is(means.polarity, expected.polarity) &&
    Object.is(means.subjectivity, expected.subjectivity) &&
    means.sentenceCount === expected.sentence_count &&
    Object.is(analysis.polarity, expected.polarity) &&
    Object.is(analysis.subjectivity, expected.subjectivity) &&
    JSON.stringify(splitSentences(text)) === sentences &&
    JSON.stringify(analysis.sentences.map((sentence) => sentence.text)) === sentences &&
    JSON.stringify(analysis.sentences.map(({ assessments, ...rest }) => rest)) === JSON.stringify(scoreSentences(text))
  );
}

describe("against the recorded answers of TextBlob", () => {
  it("returns the same doubles and sentences for the 1,200 golden texts", () => {
    expect(differences(join(__dirname, "../golden"), "golden")).toEqual([]);
  });

  it("needs no more capacity than the length of a text", () => {
    for (const { text } of read<{ text: string }>(__dirname, "../golden/golden.ndjson")) {
      const engine = createEngine(text.length);
      const sentenceCount = engine.score(text);
      expect({ polarity: engine.polarity, subjectivity: engine.subjectivity, sentenceCount }).toEqual(score(text));
    }
  });

  const shared = join(__dirname, "../../../../shared/textblob");
  const corpus = existsSync(join(shared, "corpus_dev.ndjson")) ? it : it.skip;
  corpus("gives the same doubles and sentences on the development corpus", () => {
    expect(differences(shared, "corpus_dev")).toEqual([]);
  });
});
