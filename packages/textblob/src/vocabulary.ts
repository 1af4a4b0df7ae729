import { NUMBERS, ROW_OF_WORD, ROWS, WORDS } from "./data/lexicon.ts";
import { EMOTICONS } from "./emoticons.ts";
import { WordTable } from "./word-table.ts";

// What a token is: a place in the vocabulary, from 1 up, or one of these.

/** A word nobody knows, of three or more characters. */
export const UNKNOWN = 0;
/** An unknown word or sign of one character. */
export const UNKNOWN_1 = -1;
/** An unknown word of two characters. */
export const UNKNOWN_2 = -2;
/** `!` */
export const EXCLAMATION = -3;
/** `(!)` */
export const IRONY = -4;

// The original also lists n't, but its tokeniser takes every apostrophe out of the word.
const negations = ["no", "not", "never"];
const emoticons = [...EMOTICONS.keys()];

/** All words and signs that the analysis knows, so that one look-up settles what a token is. */
export const vocabulary = new WordTable([WORDS, ...negations, ...emoticons].join("|"));

/** Places up to this one are words of the lexicon. */
export const LAST_OF_LEXICON = ROW_OF_WORD.length;
/** Places from there up to this one are negations, from there on emoticons. */
export const LAST_NEGATION = LAST_OF_LEXICON + negations.length;

/** By place: polarity, subjectivity and intensity, for words of the lexicon and emoticons. */
export const polarityOf = new Float64Array(vocabulary.count + 1);
export const subjectivityOf = new Float64Array(vocabulary.count + 1);
export const intensityOf = new Float64Array(vocabulary.count + 1);
/** By place: {@link ADVERB}, {@link PROFANITY}, {@link ENDS_IN_LY}. */
export const flagsOf = new Uint8Array(vocabulary.count + 1);
/** By place, for negations and emoticons: the number of characters. */
export const lengthOf = new Uint8Array(vocabulary.count + 1);

/** The word changes the weight of a following one. */
export const ADVERB = 1;
/** The word is in TextBlob's list of profanities. */
export const PROFANITY = 2;
/** The word ends in `ly`. */
export const ENDS_IN_LY = 4;

for (let place = 1; place <= LAST_OF_LEXICON; place++) {
  const row = ROW_OF_WORD[place - 1]! * 4;
  polarityOf[place] = NUMBERS[ROWS[row]!]!;
  subjectivityOf[place] = NUMBERS[ROWS[row + 1]!]!;
  intensityOf[place] = NUMBERS[ROWS[row + 2]!]!;
  flagsOf[place] = ROWS[row + 3]!;
}
[...negations, ...emoticons].forEach((word, index) => {
  const place = LAST_OF_LEXICON + 1 + index;
  lengthOf[place] = word.length;
  polarityOf[place] = EMOTICONS.get(word) ?? 0;
  subjectivityOf[place] = 1;
  intensityOf[place] = 1;
});

/** The code of the word from `start` to `end`, whatever its characters. */
export const codeOf = (units: Uint16Array, start: number, end: number): number =>
  vocabulary.lookUp(units, start, end) || unknownCode(units, start, end);

/** The code of a word that is not in the vocabulary: only how many characters its lower case has matters. */
function unknownCode(units: Uint16Array, start: number, end: number): number {
  if (end - start > 4) return UNKNOWN;
  let length = 0;
  for (let at = start; at < end; at++) {
    const unit = units[at]!;
    const next = at + 1 < end ? units[at + 1]! : 0;
    if (unit >= 0xd800 && unit <= 0xdbff && next >= 0xdc00 && next <= 0xdfff) at++;
    // U+0130 is the one character whose lower case has two.
    length += unit === 0x130 ? 2 : 1;
  }
  return length > 2 ? UNKNOWN : -length;
}
