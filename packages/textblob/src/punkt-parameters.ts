import { ABBREVIATIONS, COLLOCATIONS, ORTHOGRAPHY, STARTERS } from "./data/punkt.ts";
import { WordTable } from "./word-table.ts";

/** Stands for any number, the data's `##number##`. */
export const NUMBER = 35;

const abbreviations = new WordTable(ABBREVIATIONS);
const starters = new WordTable(STARTERS);

const pairs = COLLOCATIONS.split("|").map((line) => line.split(" ") as [string, string]);
const seconds = [...new Set(pairs.map(([, second]) => second))];
const secondTable = new WordTable(seconds.join("|"));
/** For each second word its first ones, which are single letters or {@link NUMBER}, as a string of their first letters. */
const firstsOf = ["", ...seconds].map((word) =>
  pairs.map(([first, second]) => (second === word ? first.charAt(0) : "")).join(""),
);

/** The longest abbreviation that consists of letters alone. */
export const LONGEST_ABBREVIATION = ABBREVIATIONS.split("|").reduce(
  (longest, word) => (word.includes(".") ? longest : Math.max(longest, word.length)),
  0,
);

/** Whether Punkt knows the stretch of the text (without its final dot) as an abbreviation. */
export const isPunktAbbreviation = (units: Uint16Array, start: number, end: number): boolean =>
  abbreviations.lookUp(units, start, end) > 0;

/** The same for ASCII units whose hash is known. */
export const isAsciiAbbreviation = (hash: number, units: Uint16Array, start: number, end: number): boolean =>
  abbreviations.find(hash, units, start, end) > 0;

/** Whether a word is often found at the start of a sentence. */
export const isSentenceStarter = (units: Uint16Array, start: number, end: number): boolean =>
  starters.lookUp(units, start, end) > 0;

/** Whether the word after a dot belongs to what is before it: the code of a letter, or {@link NUMBER}. */
export function isCollocation(first: number, units: Uint16Array, start: number, end: number): boolean {
  const place = secondTable.lookUp(units, start, end);
  return place > 0 && firstsOf[place]!.includes(String.fromCharCode(first).toLowerCase());
}

/** Flags of a word's orthography: with a capital it starts a sentence. */
export const CAPITAL_STARTS = 1;
/** Its small letter means that no sentence starts. */
export const SMALL_CONTINUES = 2;
/** It was seen with a small letter. */
export const SEEN_SMALL = 4;

let orthography: WordTable | undefined;
/** For each group of words with the same flags, the place of the last one. */
const lastPlaces: number[] = [];

/** What Punkt learnt of a word's letter case: the flags above. */
export function orthographyOf(units: Uint16Array, start: number, end: number): number {
  // Read at the first question, which only abbreviations, initials, numbers and ellipses lead to.
  orthography ??= readOrthography();
  const place = orthography.lookUp(units, start, end);
  if (place === 0) return SMALL_CONTINUES;
  let group = 0;
  while (place > lastPlaces[group]!) group++;
  return ORTHOGRAPHY[group]![0];
}

function readOrthography(): WordTable {
  let last = 0;
  for (const [, words] of ORTHOGRAPHY) {
    last += words.split("|").length;
    lastPlaces.push(last);
  }
  return new WordTable(ORTHOGRAPHY.map(([, words]) => words).join("|"));
}
