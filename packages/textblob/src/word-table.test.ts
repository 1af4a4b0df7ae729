import { WordTable } from "./word-table.ts";

describe("WordTable", () => {
  const table = new WordTable("good|:[|:{|a|k|°o°|naïve|♥|3rd");
  const find = (word: string, table_ = table): number => {
    const units = Uint16Array.from(`<${word}>`, (char) => char.charCodeAt(0));
    return table_.lookUp(units, 1, word.length + 1);
  };

  it("finds words in any ASCII case, with their ids", () => {
    expect(["good", "GOOD", "gOOd", "A", "°O°"].map((word) => find(word))).toEqual([1, 1, 1, 4, 6]);
  });

  it("treats the Kelvin sign as k, its lower case", () => {
    expect(find("\u212a")).toBe(5);
  });

  it("distinguishes words with equal hashes", () => {
    expect([find(":["), find(":{"), find(":]")]).toEqual([2, 3, 0]);
  });

  it("finds only listed words", () => {
    const words = [
      "",
      "goo",
      "goods",
      "constructor",
      "__proto__",
      "toString",
      "\0",
      "NAÏVE",
      "ǥood",
      "\u2645",
      "\u0013rd",
    ];
    expect(words.map((word) => find(word))).toEqual(words.map(() => 0));
  });

  it("finds each of many words", () => {
    const words = Array.from({ length: 5_000 }, (_, index) => `w${index.toString(36)}`);
    const many = new WordTable(words.join("|"));
    expect(words.map((word) => find(word, many))).toEqual(words.map((_, index) => index + 1));
  });
});
