import { WORDS } from "./data/lexicon.ts";
import { ABBREVIATIONS, COLLOCATIONS, ORTHOGRAPHY, STARTERS } from "./data/punkt.ts";
import { EMOTICONS, SPELLINGS } from "./emoticons.ts";

// The assumptions of the code about its data.
const read = (list: string): string[] => list.split("|");

describe("the data", () => {
  it("has as many entries as the originals", () => {
    expect(read(WORDS)).toHaveLength(2_840);
    expect(read(ABBREVIATIONS)).toHaveLength(156);
    expect(read(STARTERS)).toHaveLength(39);
    expect(read(COLLOCATIONS)).toHaveLength(37);
    expect(ORTHOGRAPHY.flatMap(([, words]) => read(words))).toHaveLength(14_702);
    expect(SPELLINGS).toHaveLength(76);
  });

  it("keeps the abbreviation that consists of dots and spaces", () => {
    expect(read(ABBREVIATIONS)).toContain(". . ");
  });

  it("has no word that a token could not be", () => {
    expect(read(WORDS).filter((word) => !/^[a-z0-9]([a-z0-9*-]*[a-z0-9])?$/.test(word))).toEqual([]);
  });

  it("has no number among sentence starters, words seen in some letter case, or second words of collocations", () => {
    const words = [STARTERS, ...ORTHOGRAPHY.map(([, list]) => list)].flatMap(read);
    const seconds = read(COLLOCATIONS).map((pair) => pair.split(" ")[1]);
    expect([...words, ...seconds].filter((word) => word === "##number##")).toEqual([]);
  });

  it("has only numbers and single letters as first words of collocations", () => {
    const firsts = read(COLLOCATIONS).map((pair) => pair.split(" ")[0]!);
    expect(firsts.filter((word) => word !== "##number##" && word.length > 1)).toEqual([]);
  });

  it("scores each emoticon once whatever its letter case", () => {
    expect([...EMOTICONS.keys()]).not.toContain("xd");
    for (const [emoticon, polarity] of SPELLINGS) {
      expect([polarity, undefined]).toContain(EMOTICONS.get(emoticon.toLowerCase()));
    }
  });
});
