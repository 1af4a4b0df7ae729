import { analyze, score } from "./index.ts";

/** Milliseconds of processor time, which do not depend on the load of the machine. */
function processorTime(run: () => void): number {
  const before = process.cpuUsage();
  run();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

const units = [
  "a",
  ".",
  "!",
  "?",
  "-",
  "'",
  '"',
  "’",
  "(",
  ")",
  ":",
  "\n",
  "\r",
  "\r\n",
  " ",
  "\0",
  "\ud800",
  "😀",
  "é",
  "\u00a0",
  ". ",
  ".\u00a0",
  "a. ",
  "a.",
  "! ",
  ".\n",
  "A.",
  "U.S. ",
  "1. ",
  "etc. ",
  "…",
  ":)",
  ": ) ",
  "(!)",
  "( ! ) ",
  "x D ",
  "o. O ",
  "n't",
  "not ",
  "very ",
  "good! ",
  "!(",
  '."',
  "Mr.-",
  "--",
  ".-",
  ",.",
  "...",
  ". . . ",
  "END-OF-SENTENCE ",
  "'''(",
  ":'",
  "\u001c",
  ".\n\u001c",
  "K.",
  "a.\u2028",
];

describe("hard texts", () => {
  it.each(units.map((unit) => [JSON.stringify(unit), unit]))(
    "reads repetitions of %s in linear time",
    (_, unit) => {
      const text = unit.repeat(2 ** 16 / unit.length);
      score(text.slice(0, 2 ** 12));
      const part = processorTime(() => score(text.slice(0, text.length / 8)));
      const whole = processorTime(() => score(text));
      // Linear time is a factor of 8, quadratic 64. The constant is for garbage collection and small numbers.
      expect(whole).toBeLessThan(24 * part + 150);
    },
  );

  it("reads a megabyte of one character", () => {
    expect(score("a".repeat(2 ** 20)).sentenceCount).toBe(1);
    expect(score("\ud800".repeat(2 ** 20)).sentenceCount).toBe(1);
    expect(score("!".repeat(2 ** 20)).sentenceCount).toBe(3);
    expect(score(" ".repeat(2 ** 20)).sentenceCount).toBe(0);
    // Its buffers must be freed.
    expect(score("good").polarity).toBe(0.7);
  });

  it("keeps NUL, lone surrogates and unassigned code points in the sentences", () => {
    const text = "\ud83d good\0. \udc00bad\uffff! \u{10ffff}";
    expect(analyze(text).sentences.map((sentence) => sentence.text)).toEqual([
      "\ud83d good\0.",
      "\udc00bad\uffff!",
      "\u{10ffff}",
    ]);
  });
});
