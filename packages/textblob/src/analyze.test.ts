import { analyze, score, scoreSentences, splitSentences, TextTypeError } from "./index.ts";

describe("analyze", () => {
  it("returns the answers of the original function for its examples", () => {
    expect(
      score(
        "Personally I like functions to do one thing and only one thing well, it makes them more readable.",
      ),
    ).toEqual({ polarity: 0.16666666666666666, subjectivity: 0.6, sentenceCount: 1 });
    expect(score("The hotel was clean, but the area was terrible").polarity).toBe(-0.31666666666666665);
  });

  it("returns the words behind the score of each sentence", () => {
    const { sentences } = analyze("Not a very good day! The fucking printer :-( Really (!)");
    expect(
      sentences.map(({ text, assessments }) => [text, ...assessments.map(({ words }) => words)]),
    ).toEqual([
      ["Not a very good day!", ["not", "very", "good", "!"]],
      ["The fucking printer :-( Really (!)", ["fucking"], [":-("], ["really"], ["(!)"]],
    ]);
    expect(sentences[1]!.assessments.map(({ label }) => label)).toEqual(["profanity", "mood", null, "irony"]);
  });

  it("takes the mean over sentences, each the mean of its assessments", () => {
    const analysis = analyze("Good. Very bad and ugly. Nothing.");
    const polarities = analysis.sentences.map(({ polarity }) => polarity);
    expect(polarities).toEqual([0.7, (-0.9099999999999999 + -0.7) / 2, 0]);
    expect(analysis.polarity).toBe((polarities[0]! + polarities[1]! + polarities[2]!) / 3);
  });

  it("keeps line ends, and treats an empty line as the end of a group", () => {
    expect(analyze("good\r\n\r\nbad").sentences).toHaveLength(1);
    expect(score(":\n)").polarity).toBe(0.5);
    // "complex D" contains the emoticon xD, which absorbs the word; an empty line separates them.
    expect(score("complex\nD").polarity).toBe(0);
    expect(score("complex\n\nD").polarity).toBe(-0.3);
    expect(score("complex\r\n\r\nD").polarity).toBe(-0.3);
    expect(score("complex\r\rD").polarity).toBe(0);
  });

  it("scores a text without sentences 0", () => {
    for (const text of ["", " ", "\n\t\u2003\u00a0\u001c", "\u0085\r\n"]) {
      expect(score(text)).toEqual({ polarity: 0, subjectivity: 0, sentenceCount: 0 });
      expect(analyze(text)).toEqual({ polarity: 0, subjectivity: 0, sentences: [] });
      expect(splitSentences(text)).toEqual([]);
    }
  });

  it("treats names of object members as unknown words", () => {
    for (const word of ["constructor", "__proto__", "hasOwnProperty", "toString", "valueOf"]) {
      expect(
        analyze(`${word} ${word}. very ${word} good`).sentences.flatMap((s) => s.assessments),
      ).toHaveLength(2);
    }
  });

  it("rejects anything but a string with a typed error", () => {
    for (const [value, received] of [
      [undefined, "undefined"],
      [null, "null"],
      [1, "number"],
      [{}, "object"],
    ]) {
      for (const call of [analyze, score, scoreSentences, splitSentences] as ((text: never) => unknown)[]) {
        expect(() => call(value as never)).toThrow(TextTypeError);
        expect(() => call(value as never)).toThrow(expect.objectContaining({ code: "text_type", received }));
      }
    }
  });
});
