import { isDigit, isLetter, isLower, isUpper } from "./character-classes.ts";
import {
  CAPITAL_STARTS,
  isCollocation,
  isPunktAbbreviation,
  isSentenceStarter,
  NUMBER,
  orthographyFlags,
  SEEN_SMALL,
  SMALL_CONTINUES,
} from "./punkt-parameters.ts";
import { endOfWord, isBlank } from "./punkt-words.ts";
import { codePointAt } from "./text-reader.ts";
import { isRegexSpace } from "./white-space.ts";

const COMMA = 44;
const DASH = 45;
const DOT = 46;

// The results of the first pass for a word.
const PLAIN = 0;
const BREAK = 1;
const ABBREVIATION = 2;
const ELLIPSIS = 3;

/**
 * Whether Punkt finds the end of a sentence between two words of the context from `start` to `limit`. The context contains a
 * possible end (`.`, `?` or `!`), the preceding word and the following text.
 */
export function containsBreak(units: Uint16Array, start: number, limit: number): boolean {
  let lastStart = -1;
  let lastEnd = -1;
  let lastPass = PLAIN;
  for (let line = start; line < limit; ) {
    let lineEnd = line;
    while (lineEnd < limit && units[lineEnd] !== 10) lineEnd++;
    for (let at = isBlank(units, line, lineEnd) ? lineEnd : line; at < lineEnd; ) {
      if (isRegexSpace(units[at]!)) {
        at++;
        continue;
      }
      const end = endOfWord(units, at, lineEnd);
      const pass = firstPass(units, at, end);
      if (lastStart >= 0 && breaksBetween(units, lastStart, lastEnd, lastPass, at, end, pass)) return true;
      lastStart = at;
      lastEnd = end;
      lastPass = pass;
      at = end;
    }
    line = lineEnd + 1;
  }
  return false;
}

/** Classifies a word without its context (`_first_pass_annotation`). */
function firstPass(units: Uint16Array, start: number, end: number): number {
  const last = units[end - 1]!;
  if (last !== DOT) return end - start === 1 && (last === 33 || last === 63) ? BREAK : PLAIN;
  if (end - start === 1) return BREAK;
  if (units[end - 2] === DOT) {
    for (let at = start; at < end; at++) if (units[at] !== DOT) return PLAIN;
    return ELLIPSIS;
  }
  if (isPunktAbbreviation(units, start, end - 1)) return ABBREVIATION;
  let afterDash = end - 1;
  while (afterDash > start && units[afterDash - 1] !== DASH) afterDash--;
  return afterDash > start && isPunktAbbreviation(units, afterDash, end - 1) ? ABBREVIATION : BREAK;
}

/** Whether the first of two adjacent words ends a sentence (`_second_pass_annotation`). */
function breaksBetween(
  units: Uint16Array,
  start: number,
  end: number,
  pass: number,
  nextStart: number,
  nextEnd: number,
  nextPass: number,
): boolean {
  if (units[end - 1] !== DOT) return pass === BREAK;
  const isNumber = isNumeric(units, start, end);
  const initial = isInitial(units, start, end);
  if (pass === BREAK && !isNumber && !initial) return true;

  // The next word loses its dot if the dot counts as the end of a sentence; this does not matter for a number.
  const nextIsNumber = isNumeric(units, nextStart, nextEnd);
  const isStop = nextPass === BREAK && nextEnd - nextStart > 1 && units[nextEnd - 1] === DOT;
  const typeEnd = isStop ? nextEnd - 1 : nextEnd;
  if ((isNumber || initial) && !nextIsNumber) {
    if (isCollocation(isNumber ? NUMBER : codePointAt(units, start), units, nextStart, typeEnd)) return false;
  }

  const first = codePointAt(units, nextStart);
  const flags = nextIsNumber ? SMALL_CONTINUES : orthographyFlags(units, nextStart, typeEnd);
  const evidence = orthographicEvidence(first, nextEnd - nextStart === 1, flags);
  if ((pass === ABBREVIATION || pass === ELLIPSIS) && !initial) {
    if (evidence === STARTS) return true;
    if (isUpper(first) && !nextIsNumber && isSentenceStarter(units, nextStart, typeEnd)) return true;
  }
  if (initial || isNumber) {
    if (evidence === CONTINUES) return false;
    if (evidence === UNDECIDED && initial && isUpper(first) && !(flags & SEEN_SMALL)) return false;
  }
  return pass === BREAK;
}

const CONTINUES = 0;
const STARTS = 1;
const UNDECIDED = 2;

/** Whether a word in this case is known to start sentences (`_ortho_heuristic`). */
function orthographicEvidence(first: number, isSingle: boolean, flags: number): number {
  if (isSingle && first < 128 && ";:,.!?".includes(String.fromCharCode(first))) return CONTINUES;
  if (flags & CAPITAL_STARTS && isUpper(first)) return STARTS;
  return flags & SMALL_CONTINUES && isLower(first) ? CONTINUES : UNDECIDED;
}

/** One letter and a dot. */
function isInitial(units: Uint16Array, start: number, end: number): boolean {
  if (end - start > 3 || units[end - 1] !== DOT) return false;
  const code = codePointAt(units, start);
  return end - start === (code > 0xffff ? 3 : 2) && isLetter(code);
}

/** `^-?[.,]?\d[\d,.-]*\.?$` */
function isNumeric(units: Uint16Array, start: number, end: number): boolean {
  let at = start;
  if (units[at] === DASH) at++;
  if (at < end && (units[at] === DOT || units[at] === COMMA)) at++;
  if (at >= end || !isDigit(codePointAt(units, at))) return false;
  while (at < end) {
    const code = codePointAt(units, at);
    if (code !== COMMA && code !== DASH && code !== DOT && !isDigit(code)) return false;
    at += code > 0xffff ? 2 : 1;
  }
  return true;
}
