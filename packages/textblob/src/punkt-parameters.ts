import { ABBREVIATIONS, COLLOCATIONS, ORTHOGRAPHY, STARTERS } from "./data/punkt.ts";
import { WordTable } from "./word-table.ts";

/** Represents any number: `##number##` in the data. */
export const NUMBER = 35;

const abbreviations = new WordTable(ABBREVIATIONS);
const starters = new WordTable(STARTERS);

const pairs = COLLOCATIONS.split("|").map((line) => line.split(" ") as [string, string]);
const seconds = [...new Set(pairs.map(([, second]) => second))];
const secondTable = new WordTable(seconds.join("|"));
/** For each second word its first words, which are single letters or {@link NUMBER}, as a string of their first letters. */
const FIRST_WORDS = ["", ...seconds].map((word) =>
  pairs.map(([first, second]) => (second === word ? first.charAt(0) : "")).join(""),
);

/** The length of the longest abbreviation that has only letters. */
export const LONGEST_ABBREVIATION = ABBREVIATIONS.split("|").reduce(
  (longest, word) => (word.includes(".") ? longest : Math.max(longest, word.length)),
  0,
);

/** Whether Punkt knows this part of the text (without its final dot) as an abbreviation. */
export const isPunktAbbreviation = (units: Uint16Array, start: number, end: number): boolean =>
  abbreviations.lookUp(units, start, end) > 0;

/** Like isPunktAbbreviation, for ASCII units with a known hash. */
export const isAsciiAbbreviation = (hash: number, units: Uint16Array, start: number, end: number): boolean =>
  abbreviations.find(hash, units, start, end) > 0;

/** Whether a word is often found at the start of a sentence. */
export const isSentenceStarter = (units: Uint16Array, start: number, end: number): boolean =>
  starters.lookUp(units, start, end) > 0;

/** Whether the word after a dot forms a collocation with `first`: the code of a letter, or {@link NUMBER}. */
export function isCollocation(first: number, units: Uint16Array, start: number, end: number): boolean {
  const wordId = secondTable.lookUp(units, start, end);
  return wordId > 0 && FIRST_WORDS[wordId]!.includes(String.fromCharCode(first).toLowerCase());
}

/** Orthographic flag of a word: with a capital letter, it starts a sentence. */
export const CAPITAL_STARTS = 1;
/** Orthographic flag: in lower case, the word does not start a sentence. */
export const SMALL_CONTINUES = 2;
/** Orthographic flag: the word occurs in lower case. */
export const SEEN_SMALL = 4;

let orthography: WordTable | undefined;
/** The last word id of each group of words with equal flags. */
const lastIds: number[] = [];

/** Returns the orthographic flags of a word, from Punkt's training. */
export function orthographyFlags(units: Uint16Array, start: number, end: number): number {
  // Loaded lazily, because only abbreviations, initials, numbers and ellipses need it.
  orthography ??= readOrthography();
  const wordId = orthography.lookUp(units, start, end);
  if (wordId === 0) return SMALL_CONTINUES;
  let group = 0;
  while (wordId > lastIds[group]!) group++;
  return ORTHOGRAPHY[group]![0];
}

function readOrthography(): WordTable {
  let last = 0;
  for (const [, words] of ORTHOGRAPHY) {
    last += words.split("|").length;
    lastIds.push(last);
  }
  return new WordTable(ORTHOGRAPHY.map(([, words]) => words).join("|"));
}
