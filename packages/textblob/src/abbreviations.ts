// The words that the tokeniser for sentiment lets keep their final dot. They have nothing to do with the sentence
// splitter's. Single letters and letters with dots between them are not listed: isAbbreviation knows those anyway.
const LISTED: ReadonlySet<number> = new Set(
  "adj adv al cf comp conf def ed esp etc ex fig gen id int orig pl pred pres ref vs Med Mil"
    .split(" ")
    .map((word) => Array.from(word, (char) => char.charCodeAt(0)).reduce(pack, 0)),
);
const LONGEST = 4;

/** Whether the word from `start` to its final dot at `dot` is an abbreviation to TextBlob's tokeniser. */
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

/** `Mr` before its final dot. The vertical bar is a slip of the original's expression and counts. */
function isCapitalAndConsonants(units: Uint16Array, start: number, dot: number): boolean {
  for (let at = start + 1; at < dot; at++) if (units[at]! > 127 || consonants[units[at]!] === 0) return false;
  return true;
}

const consonants = new Uint8Array(128);
for (const char of "bcdfghjklmnpqrstvwxz|") consonants[char.charCodeAt(0)] = 1;

/** One more code unit in a number that stands for up to four; beyond ASCII it becomes none that is listed. */
function pack(packed: number, unit: number): number {
  return unit > 127 || packed < 0 ? -1 : (packed << 7) | unit;
}
