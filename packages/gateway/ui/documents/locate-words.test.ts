import type { WordAssessment } from "../../src/console/documents/view.ts";
import { locateWords } from "./locate-words.ts";

const assessed = (...words: string[]): WordAssessment => ({
  words,
  polarity: 0,
  subjectivity: 0,
  label: null,
});
const marked = (sentence: string, ...assessments: WordAssessment[]) =>
  locateWords(sentence, assessments)
    .map(({ text, assessment }) => (assessment === undefined ? text : `[${assessment}:${text}]`))
    .join("");

it.each([
  ["Not very GOOD!", [assessed("not", "very", "good", "!")], "[0:Not] [0:very] [0:GOOD][0:!]"],
  ["goodness, good", [assessed("good")], "goodness, [0:good]"],
  ["nice and nice :)", [assessed("nice"), assessed("nice"), assessed(":)")], "[0:nice] and [1:nice] [2::)]"],
  ["unknown", [assessed("missing")], "unknown"],
  ["İ good", [assessed("good")], "İ good"],
])("marks the words of %s", (sentence, assessments, expected) => {
  expect(marked(sentence, ...assessments)).toBe(expected);
});
