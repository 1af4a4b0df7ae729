import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../support/repo.ts";

/** A text with TextBlob's own scores. */
export interface ReferenceScore {
  text: string;
  polarity: number;
  subjectivity: number;
  sentence_count: number;
}

/** The golden texts of packages/textblob that have a sentence. */
export function readReferenceScores(): ReferenceScore[] {
  const read = (name: string) =>
    readFileSync(join(root, "packages", "textblob", "golden", name), "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
  const texts: { text: string }[] = read("golden.ndjson");
  const scores: Omit<ReferenceScore, "text">[] = read("golden_expected.ndjson");
  return (
    texts
      .map(({ text }, index) => ({ ...scores[index]!, text }))
      // The functions read line ends as \n.
      .filter(({ text, sentence_count }) => sentence_count > 0 && !text.includes("\r"))
  );
}

/** Whether a result or a document has these scores. */
export function hasScore(result: Partial<ReferenceScore>, known: ReferenceScore): boolean {
  return (["polarity", "subjectivity", "sentence_count"] as const).every(
    (name) => result[name] === known[name],
  );
}
