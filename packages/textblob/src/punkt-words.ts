import { isPythonSpace, isRegexSpace } from "./white-space.ts";

/**
 * Characters that Punkt does not allow within a word: closing and opening punctuation, quotes (since nltk 3.10 also curly
 * quotes and guillemets), `?` and `!`.
 */
export const PUNKT_NON_WORD = ")\";}]*:@'({[?!‘’“”«»";

function isNonWord(unit: number): boolean {
  if (unit < 128) return nonWord[unit] === 1;
  return unit === 0xab || unit === 0xbb || (unit >= 0x2018 && unit <= 0x201d && (unit & 3) < 2);
}

const toFlags = (chars: string): Uint8Array => {
  const flags = new Uint8Array(128);
  for (let at = 0; at < chars.length; at++) flags[chars.charCodeAt(at)] = 1; // No effect beyond ASCII.
  return flags;
};
const nonWord = toFlags(PUNKT_NON_WORD);
const noWordStart = toFlags('("`{[:;&#*@)}]-,');

/**
 * Returns the end of the word token at `at`, which is not white space; `limit` is the end of the line. A token is a run of
 * dashes or dots, dots separated by white space, a word, or a single sign.
 */
export function endOfWord(units: Uint16Array, at: number, limit: number): number {
  const multi = endOfMulti(units, at, limit);
  if (multi > at) return multi;
  const first = units[at]!;
  let end = at + 1;
  if (first < 128 && noWordStart[first] === 1) return end;
  while (end < limit && !endsWord(units, end, limit)) end++;
  return end;
}

/** Whether a word ends before the character at `at`. */
function endsWord(units: Uint16Array, at: number, limit: number): boolean {
  const unit = units[at]!;
  if (unit === DOT || unit === DASH) return isMulti(units, at, limit);
  if (unit === COMMA) return at + 1 === limit || endsBefore(units, at + 1, limit);
  return isRegexSpace(unit) || isNonWord(unit);
}

/** Like endsWord, without the rule for commas. */
function endsBefore(units: Uint16Array, at: number, limit: number): boolean {
  const unit = units[at]!;
  return isRegexSpace(unit) || isNonWord(unit) || isMulti(units, at, limit);
}

const DOT = 46;
const DASH = 45;
const COMMA = 44;

const isDot = (units: Uint16Array, at: number, limit: number): boolean => at < limit && units[at]! === DOT;

/** Whether there is a dot followed by white space at `at`. */
const isLooseDot = (units: Uint16Array, at: number, limit: number): boolean =>
  at + 1 < limit && units[at]! === DOT && isRegexSpace(units[at + 1]!);

/** Whether a run of dashes, of dots, or of three loose dots begins at `at`. */
function isMulti(units: Uint16Array, at: number, limit: number): boolean {
  const unit = units[at]!;
  if (unit !== DOT && unit !== DASH) return false;
  if (at + 1 < limit && units[at + 1]! === unit) return true;
  return isLooseDot(units, at, limit) && isLooseDot(units, at + 2, limit) && isDot(units, at + 4, limit);
}

function endOfMulti(units: Uint16Array, at: number, limit: number): number {
  if (!isMulti(units, at, limit)) return at;
  const unit = units[at]!;
  let end = at + 1;
  if (units[end]! === unit) {
    while (end < limit && units[end]! === unit) end++;
    return end;
  }
  for (end = at; isLooseDot(units, end, limit); ) end += 2;
  // The run ends with a dot: the following one, or the last loose dot without its white space.
  return isDot(units, end, limit) ? end + 1 : end - 1;
}

/** Whether the line from `start` to `end` contains only white space in the sense of Python. */
export function isBlank(units: Uint16Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (!isPythonSpace(units[at]!)) return false;
  return true;
}
