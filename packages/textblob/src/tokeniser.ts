import { isAbbreviation } from "./abbreviations.ts";
import { isAsciiRun, type TextReader } from "./text-reader.ts";
import type { TokenList } from "./token-list.ts";
import { DOT, KIND, SPACE, unitKinds, WORD } from "./unit-kinds.ts";
import { lookUpCode, UNKNOWN, UNKNOWN_1, UNKNOWN_2, vocabulary } from "./vocabulary.ts";
import { computeHash } from "./word-table.ts";

const APOSTROPHE = 39;
const FULL_STOP = 46;

/** TextBlob replaces an empty line by this word; in the text, the word has the same meaning. */
const EMPTY_LINE = Uint16Array.from("END-OF-SENTENCE", (char) => char.charCodeAt(0));

/**
 * Reads the tokens of one sentence, from `from` to `to`, into the list; no sentence starts or ends within a run of WORD
 * units. Takes the index of an edge at or before `from`, and returns the index of the first edge at or after `to`.
 */
export type Tokenise = (from: number, to: number, firstEdge: number) => number;

/**
 * Creates the tokeniser of an engine: TextBlob's `find_tokens`. A text consists of pieces between white space and quotes,
 * stripped of punctuation at both ends. Most pieces are one run of WORD units with a known hash.
 */
export function createTokeniser(reader: TextReader, tokens: TokenList): Tokenise {
  const { units, edges, runHashes } = reader;
  const kinds = unitKinds;
  const words = vocabulary;
  /** The parts of a tail, from right to left; an ellipsis as ~start. */
  const tail: number[] = [];
  return tokenise;

  function tokenise(from: number, to: number, firstEdge: number): number {
    tokens.clear();
    let edge = firstEdge;
    while (edges[edge]! < from) edge++;
    let start = from;
    for (;;) {
      const at = edges[edge]!;
      if (at >= to) {
        if (start < to) addRun(start, to, runHashes[edge]!);
        break;
      }
      const unit = units[at]!;
      if (unit === 32) {
        if (at > start) addRun(start, at, runHashes[edge]!);
        start = at + 1;
        edge++;
        continue;
      }
      const kind = kinds[unit]! & KIND;
      if (at > start || kind === DOT) {
        edge = readPiece(start, to, edge);
        start = edges[edge]!;
      } else if (kind === SPACE) {
        edge = readSpace(edge, to);
        start = edges[edge - 1]! + 1;
      } else {
        tokens.mark(at);
        start = at + 1;
        edge++;
      }
    }
    tokens.finish();
    return edge;
  }

  /** Adds a run that is a whole piece. */
  function addRun(start: number, end: number, hash: number): void {
    const length = end - start;
    if (!reader.isAscii && !isAsciiRun(units, start, end)) {
      tokens.word(start, end, lookUpCode(units, start, end));
      return;
    }
    const wordId = words.find(hash, units, start, end);
    if (wordId > 0) tokens.knownWord(start, end, wordId);
    // Without a branch, because short words are unpredictable.
    else if (length > 1) tokens.unknownWord(start, end, -length & ((length - 3) >> 31));
    else tokens.word(start, end, UNKNOWN_1);
  }

  /** Reads a piece that is more than a run followed by white space, and returns its final edge. */
  function readPiece(start: number, to: number, firstEdge: number): number {
    let edge = firstEdge;
    let at = edges[edge]!;
    // The tail of the piece starts at `end`, after the last WORD unit.
    let end = at;
    let isOneRun = true;
    let hasDots = false;
    while (at < to && (kinds[units[at]!]! & KIND) <= DOT) {
      if (units[at] === FULL_STOP) hasDots = true;
      const behind = at + 1;
      at = Math.min(edges[++edge]!, to);
      if (at > behind) {
        end = at;
        isOneRun = false;
        hasDots = false;
      }
    }
    if (at < to && units[at] === APOSTROPHE && isContraction(start, at, to)) addContraction(start, at);
    else addPiece(start, end, at, isOneRun ? runHashes[firstEdge]! : computeHash(units, start, end), hasDots);
    return edge;
  }

  /** Whether a piece ends with the `n` of a literal `n't`, before which TextBlob puts a space. */
  function isContraction(start: number, at: number, to: number): boolean {
    return at - 1 > start && at + 1 < to && units[at - 1] === 110 && units[at + 1] === 116;
  }

  /** Adds a piece without its final `n`, then the `n`. */
  function addContraction(start: number, at: number): void {
    const pieceEnd = at - 1;
    let end = pieceEnd;
    let hasDots = false;
    for (; end > start && (kinds[units[end - 1]!]! & KIND) !== WORD; end--) {
      if (units[end - 1] === FULL_STOP) hasDots = true;
    }
    addPiece(start, end, pieceEnd, computeHash(units, start, end), hasDots);
    tokens.word(pieceEnd, at, UNKNOWN_1);
  }

  /** Adds the word from `start` to `end` and its tail. */
  function addPiece(start: number, end: number, pieceEnd: number, hash: number, hasDots: boolean): void {
    if (hasDots) {
      addDottedPiece(start, end, pieceEnd, hash);
      return;
    }
    addWord(start, end, hash);
    for (let at = end; at < pieceEnd; at++) tokens.mark(at);
  }

  function addWord(start: number, end: number, hash: number): void {
    if (isEmptyLine(start, end)) tokens.emptyLine();
    else if (units[start] !== FULL_STOP) addRun(start, end, hash);
    // A word that begins with a dot may be the rest of an emoticon.
    else tokens.word(start, end, lookUpCode(units, start, end));
  }

  function isEmptyLine(start: number, end: number): boolean {
    if (end - start !== EMPTY_LINE.length) return false;
    for (let at = 0; at < EMPTY_LINE.length; at++) if (units[start + at] !== EMPTY_LINE[at]) return false;
    return true;
  }

  /**
   * Splits a piece that ends in signs and dots, from its right end: signs one by one, three dots as an ellipsis (dots before
   * it vanish), single dots unless the rest is an abbreviation, which keeps its dot.
   */
  function addDottedPiece(start: number, end: number, pieceEnd: number, hash: number): void {
    // The two most frequent tails first: a single dot after a word that is not an abbreviation, and an ellipsis.
    if (end > start && pieceEnd - end === 1 && !isAbbreviation(units, start, end)) {
      addWord(start, end, hash);
      tokens.mark(end);
      return;
    }
    if (end > start && pieceEnd - end === 3 && isEllipsis(pieceEnd)) {
      addWord(start, end, hash);
      tokens.ellipsis(end);
      return;
    }
    let rest = pieceEnd;
    while (rest > end) {
      if (units[rest - 1] !== FULL_STOP) tail.push(--rest);
      if (rest - 3 >= end && isEllipsis(rest)) {
        rest -= 3;
        tail.push(~rest);
        while (rest > end && units[rest - 1] === FULL_STOP) rest--;
      }
      if (rest > end && units[rest - 1] === FULL_STOP) {
        if (isAbbreviation(units, start, rest - 1)) break;
        tail.push(--rest);
      }
    }
    if (rest > end) tokens.word(start, rest, rest - start > 2 ? UNKNOWN : UNKNOWN_2);
    else if (end > start) addWord(start, end, hash);
    for (let mark = tail.pop(); mark !== undefined; mark = tail.pop()) {
      if (mark < 0) tokens.ellipsis(~mark);
      else tokens.mark(mark);
    }
  }

  function isEllipsis(end: number): boolean {
    return units[end - 1] === FULL_STOP && units[end - 2] === FULL_STOP && units[end - 3] === FULL_STOP;
  }

  /**
   * Reads white space from an edge and returns the edge after it. Two consecutive line feeds, with or without carriage
   * returns, form an empty line.
   */
  function readSpace(firstEdge: number, to: number): number {
    let edge = firstEdge;
    let lineFeeds = 0;
    for (let at = edges[edge]!; at < to && (kinds[units[at]!]! & KIND) === SPACE; at++) {
      if (units[at] === 10) {
        if (++lineFeeds === 2) tokens.emptyLine();
      } else if (units[at] !== 13 || units[at + 1] !== 10) lineFeeds = 0;
      edge++;
    }
    return edge;
  }
}
