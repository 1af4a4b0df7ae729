import { DIGITS, LETTERS, LOWER, UPPER } from "./data/characters.ts";

/**
 * The character classes of the reference: tables of its Unicode versions instead of JavaScript's `\p{…}`, so that a Node.js
 * with newer Unicode data returns the same results.
 */
class CharacterClass {
  readonly #source: string;
  #ends: Uint32Array | undefined;

  constructor(source: string) {
    this.#source = source;
  }

  has(code: number): boolean {
    // Decoded lazily, because most texts have no characters outside of ASCII.
    this.#ends ??= decode(this.#source);
    const ends = this.#ends;
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (ends[middle]! <= code) low = middle + 1;
      else high = middle;
    }
    return low % 2 === 1;
  }
}

/** Converts gaps and lengths of runs to the borders of runs. */
function decode(source: string): Uint32Array {
  let border = 0;
  return Uint32Array.from(source.split(" "), (step) => {
    border += Number.parseInt(step, 36);
    return border;
  });
}

const letters = new CharacterClass(LETTERS);
const digits = new CharacterClass(DIGITS);
const upper = new CharacterClass(UPPER);
const lower = new CharacterClass(LOWER);

/** Whether a code point is a letter for the sentence splitter: Python's `[^\W\d]`, which includes `_` and marks. */
export const isLetter = (code: number): boolean =>
  code < 128 ? (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 : letters.has(code);

/** Whether a code point is a decimal digit of any script. */
export const isDigit = (code: number): boolean => (code < 128 ? code >= 48 && code <= 57 : digits.has(code));

/** Whether a code point is upper case; title-case letters are neither upper nor lower. */
export const isUpper = (code: number): boolean => (code < 128 ? code >= 65 && code <= 90 : upper.has(code));

/** Whether a code point is lower case. */
export const isLower = (code: number): boolean => (code < 128 ? code >= 97 && code <= 122 : lower.has(code));
