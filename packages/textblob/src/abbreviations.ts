// Words that keep their final dot in the sentiment tokeniser. The sentence splitter has a separate list. Single letters, and
// letters separated by dots, are not listed, because isAbbreviation recognises them.
const LISTED: ReadonlySet<number> = new Set(
  "adj adv al cf comp conf def ed esp etc ex fig gen id int orig pl pred pres ref vs Med Mil"
    .split(" ")
    .map((word) => Array.from(word, (char) => char.charCodeAt(0)).reduce(pack, 0)),
);
const LONGEST = 4;

/** Whether TextBlob's tokeniser treats the word from `start` to its final dot at `dot` as an abbreviation. */
export function isAbbreviation(units: Uint16Array, start: number, dot: number): boolean {
  const length = dot - start;
  if (length === 0 || !isLetter(units[start]!)) return false;
  if (length === 1) return true;
  if (units[start + 1] === DOT) return isDotted(units, start, dot);
  if (units[start]! <= 90 && isCapitalAndConsonants(units, start, dot)) return true;
  if (length > LONGEST) return false;
  let packed = 0;
  for (let at = start; at < dot; at++) packed = pack(packed, units[at]!);
  return LISTED.has(packed);
}

const DOT = 46;

const isLetter = (unit: number): boolean => (unit >= 97 && unit <= 122) || (unit >= 65 && unit <= 90);

/** `U.S` before its final dot. */
function isDotted(units: Uint16Array, start: number, dot: number): boolean {
  if ((dot - start) % 2 === 0) return false;
  for (let at = start; at < dot; at += 2) {
    if (!isLetter(units[at]!) || (at + 1 < dot && units[at + 1] !== DOT)) return false;
  }
  return true;
}

/** `Mr` before its final dot. The vertical bar is a mistake in the original's expression, kept for equality. */
function isCapitalAndConsonants(units: Uint16Array, start: number, dot: number): boolean {
  for (let at = start + 1; at < dot; at++) if (units[at]! > 127 || consonants[units[at]!] === 0) return false;
  return true;
}

const consonants = new Uint8Array(128);
for (const char of "bcdfghjklmnpqrstvwxz|") consonants[char.charCodeAt(0)] = 1;

/** Adds a code unit to a number that encodes up to four units; a unit beyond ASCII matches no listed word. */
function pack(packed: number, unit: number): number {
  return unit > 127 || packed < 0 ? -1 : (packed << 7) | unit;
}
