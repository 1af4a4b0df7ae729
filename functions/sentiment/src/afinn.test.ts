import { scoreByAfinn, sentencesByAfinn } from "./afinn.ts";

describe("scoreByAfinn", () => {
  it("stays within -1..1 and 0..1", () => {
    expect(scoreByAfinn("breathtaking superb outstanding")).toMatchObject({ polarity: 1, subjectivity: 1 });
    expect(scoreByAfinn("bastard")).toMatchObject({ polarity: -1, subjectivity: 1 });
  });

  it("scores a text without words 0", () => {
    expect(scoreByAfinn("…")).toEqual({ polarity: 0, sentence_count: 1, subjectivity: 0 });
  });

  it("treats names of object members as plain words", () => {
    expect(scoreByAfinn("constructor toString __proto__ hasOwnProperty")).toMatchObject({
      polarity: 0,
      subjectivity: 0,
    });
  });

  it("splits sentences as TextBlob does", () => {
    expect(sentencesByAfinn("I love Mr. Smith. It is bad.")).toEqual([
      { text: "I love Mr. Smith.", polarity: 3 / 4 / 5, subjectivity: 1 / 4 },
      { text: "It is bad.", polarity: -3 / 3 / 5, subjectivity: 1 / 3 },
    ]);
  });
});
