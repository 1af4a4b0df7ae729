import { NUMBERS, ROW_OF_WORD, ROWS, WORDS } from "./data/lexicon.ts";
import { EMOTICONS } from "./emoticons.ts";
import { WordTable } from "./word-table.ts";

// The code of a token: a word id of the vocabulary, from 1, or one of these codes.

/** An unknown word of three or more characters. */
export const UNKNOWN = 0;
/** An unknown word or sign of one character. */
export const UNKNOWN_1 = -1;
/** An unknown word of two characters. */
export const UNKNOWN_2 = -2;
/** `!` */
export const EXCLAMATION = -3;
/** `(!)` */
export const IRONY = -4;

// The original also lists n't, but its tokeniser removes apostrophes from words.
const negations = ["no", "not", "never"];
const emoticons = [...EMOTICONS.keys()];

/** All known words and signs, so that one look-up determines the code of a token. */
export const vocabulary = new WordTable([WORDS, ...negations, ...emoticons].join("|"));

/** The last word id of a lexicon word. */
export const LAST_OF_LEXICON = ROW_OF_WORD.length;
/** The last word id of a negation; emoticons follow. */
export const LAST_NEGATION = LAST_OF_LEXICON + negations.length;

/** By word id: polarity, subjectivity and intensity, for words of the lexicon and emoticons. */
export const POLARITIES = new Float64Array(vocabulary.count + 1);
export const SUBJECTIVITIES = new Float64Array(vocabulary.count + 1);
export const INTENSITIES = new Float64Array(vocabulary.count + 1);
/** By word id: {@link ADVERB}, {@link PROFANITY}, {@link ENDS_IN_LY}. */
export const FLAGS = new Uint8Array(vocabulary.count + 1);
/** By word id, for negations and emoticons: the number of characters. */
export const LENGTHS = new Uint8Array(vocabulary.count + 1);

/** The word changes the weight of a following one. */
export const ADVERB = 1;
/** The word is in TextBlob's list of profanities. */
export const PROFANITY = 2;
/** The word ends in `ly`. */
export const ENDS_IN_LY = 4;

for (let wordId = 1; wordId <= LAST_OF_LEXICON; wordId++) {
  const row = ROW_OF_WORD[wordId - 1]! * 4;
  POLARITIES[wordId] = NUMBERS[ROWS[row]!]!;
  SUBJECTIVITIES[wordId] = NUMBERS[ROWS[row + 1]!]!;
  INTENSITIES[wordId] = NUMBERS[ROWS[row + 2]!]!;
  FLAGS[wordId] = ROWS[row + 3]!;
}
[...negations, ...emoticons].forEach((word, index) => {
  const wordId = LAST_OF_LEXICON + 1 + index;
  LENGTHS[wordId] = word.length;
  POLARITIES[wordId] = EMOTICONS.get(word) ?? 0;
  SUBJECTIVITIES[wordId] = 1;
  INTENSITIES[wordId] = 1;
});

/** Returns the code of the word from `start` to `end`, for any characters. */
export const lookUpCode = (units: Uint16Array, start: number, end: number): number =>
  vocabulary.lookUp(units, start, end) || unknownCode(units, start, end);

/** Returns the code of a word outside the vocabulary, which depends only on the length of its lower case. */
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
