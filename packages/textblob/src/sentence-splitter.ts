import { isDigit } from "./character-classes.ts";
import { isAsciiAbbreviation, LONGEST_ABBREVIATION } from "./punkt-parameters.ts";
import { containsBreak } from "./sentence-break.ts";
import { isAsciiRun, type TextReader } from "./text-reader.ts";
import { ENDS, SEPARATES, unitKinds } from "./unit-kinds.ts";
import { isAsciiSpace, isPythonSpace, isRegexSpace } from "./white-space.ts";

/** Finds the sentences of the current text of a reader. */
export interface SentenceSplitter {
  /** The bounds of the sentences: start, end, start, end, … */
  readonly bounds: Int32Array;
  /** Finds the sentences and returns their number; 0 only for a text of only white space. */
  split(): number;
  /**
   * The fast path and the full procedure to decide whether an edge ends a sentence, given the start of the preceding word and
   * of the following word (-1 if a sign follows directly). The fast path may return false where the full procedure returns
   * true, but never the reverse.
   */
  isPlainEnd(wordStart: number, edge: number, next: number): boolean;
  isEnd(wordStart: number, edge: number, next: number): boolean;
}

/** Creates the splitter of an engine, for texts of up to `capacity` code units: NLTK's English Punkt tokenizer. */
export function createSplitter(reader: TextReader, capacity: number): SentenceSplitter {
  const { units, edges, runHashes } = reader;
  const kinds = unitKinds;
  const bounds = new Int32Array(2 * capacity + 2);
  let count = 0;
  let pendingStart = -1;
  let pendingEnd = 0;
  return { bounds, split, isPlainEnd, isEnd };

  function split(): number {
    const { edgeCount, length } = reader;
    count = 0;
    pendingStart = -1;
    let from = 0;
    // The last possible end, with the start of the preceding word and of the following word (-1: a sign).
    let end = -1;
    let endEdge = 0;
    let wordStart = 0;
    let next = -1;

    for (let edge = 0; edge < edgeCount; edge++) {
      const at = edges[edge]!;
      if (!(kinds[units[at]!]! & ENDS)) continue;
      let following = at + 1;
      if (following === length) break;
      if (kinds[units[following]!]! & SEPARATES) following = -1;
      else {
        while (following < length && isRegexSpace(units[following]!)) following++;
        if (following === at + 1 || following === length) continue;
      }

      // The preceding word starts after white space, except for white space at the border, where the original treats
      // the offset 0 as "none".
      const border = Math.max(end, 0);
      let before = edge - 1;
      while (before >= 0 && edges[before]! > border && !isAsciiSpace(units[edges[before]!]!)) before--;
      const start = before >= 0 && edges[before]! > border ? edges[before]! + 1 : wordStart;
      // Of several candidates within a word, only the last counts.
      if (end >= 0 && end <= start && endsSentence(wordStart, endEdge, next)) {
        addSlice(from, end + 1);
        from = next < 0 ? end + 1 : next;
      }
      wordStart = start;
      end = at;
      endEdge = edge;
      next = following;
    }
    if (end >= 0 && endsSentence(wordStart, endEdge, next)) {
      addSlice(from, end + 1);
      from = next < 0 ? end + 1 : next;
    }
    let last = length;
    while (last > 0 && isPythonSpace(units[last - 1]!)) last--;
    addSlice(from, last);
    addSentence(pendingStart, pendingEnd);
    return count;
  }

  /** Whether an edge ends a sentence: common cases by the fast path, others by the full procedure. */
  function endsSentence(wordStart: number, edge: number, next: number): boolean {
    return isPlainEnd(wordStart, edge, next) || isEnd(wordStart, edge, next);
  }

  /** The fast path: true only if the full procedure would return true. */
  function isPlainEnd(wordStart: number, edge: number, next: number): boolean {
    const end = edges[edge]!;
    // 0x1C to 0x1F can form a line that is a word here but blank for Punkt.
    if (next >= 0 && units[next]! < 32) return false;
    if (units[end] !== 46) return true;
    // Two or more ASCII units without signs, not starting with a digit, are neither an initial nor a number, so only the
    // list of abbreviations matters.
    const isRun = edge === 0 ? wordStart === 0 : edges[edge - 1]! < wordStart;
    if (!isRun || end - wordStart < 2 || isDigit(units[wordStart]!)) return false;
    if (!reader.isAscii && !isAsciiRun(units, wordStart, end)) return false;
    return (
      end - wordStart > LONGEST_ABBREVIATION || !isAsciiAbbreviation(runHashes[edge]!, units, wordStart, end)
    );
  }

  /** The full procedure. */
  function isEnd(wordStart: number, edge: number, next: number): boolean {
    let limit = edges[edge]! + 2;
    if (next >= 0) for (limit = next + 1; limit < reader.length && !isRegexSpace(units[limit]!); ) limit++;
    return containsBreak(units, wordStart, limit);
  }

  /** Adds the next slice of the text, and emits the previous one with its closing quotes and brackets. */
  function addSlice(start: number, end: number): void {
    let moved = 0;
    if (pendingStart >= 0) {
      let closing = start;
      while (closing < end && isClosing(units[closing]!)) closing++;
      if (closing > start) {
        let rest = closing;
        while (rest < end && isRegexSpace(units[rest]!)) rest++;
        if (rest > closing || closing === end || (units[closing] === 45 && units[closing + 1] === 45)) {
          addSentence(pendingStart, closing);
          moved = rest - start;
        }
      }
      if (moved === 0) addSentence(pendingStart, pendingEnd);
    }
    pendingStart = start + moved;
    pendingEnd = end;
  }

  function addSentence(start: number, end: number): void {
    if (end <= start) return;
    bounds[count * 2] = start;
    bounds[count * 2 + 1] = end;
    count++;
  }
}

function isClosing(unit: number): boolean {
  if (unit < 128) return unit === 34 || unit === 39 || unit === 41 || unit === 93 || unit === 125;
  return unit === 0xab || unit === 0xbb || (unit >= 0x2018 && unit <= 0x201d && (unit & 3) < 2);
}
