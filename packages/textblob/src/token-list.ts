import { areNeighbours, LONGEST_EMOTICON, lastMatch, matchEmoticon } from "./emoticon-match.ts";
import type { TextReader } from "./text-reader.ts";
import { ENDS, FOLLOWS, STAYS, unitKinds } from "./unit-kinds.ts";
import { EXCLAMATION, IRONY, lookUpCode, UNKNOWN, UNKNOWN_1, vocabulary } from "./vocabulary.ts";

/** By -code: whether a token keeps a pending modifier (bit 0) and a pending negation (bit 1). */
const KEEPS = Uint8Array.of(0, 3, 1);
const KEEPS_ALL = 3;

/**
 * The tokens of one sentence. They arrive in groups (the inner sentences of the original). Emoticons and `(!)` are joined from
 * their parts only within a group.
 */
export interface TokenList {
  /** The start and end offset of each token. */
  readonly start: Int32Array;
  readonly end: Int32Array;
  /** The code of each token: a word id of the vocabulary, or a special code. */
  readonly code: Int32Array;
  /** The indexes of known tokens, which are few and determine the score. */
  readonly known: Int32Array;
  /** The KEEPS bits after the unknown tokens between the previous known token and this one. */
  readonly keeps: Uint8Array;
  knownCount: number;

  /** Empties the list. */
  clear(): void;
  /** Adds a word of the vocabulary. */
  knownWord(start: number, end: number, wordId: number): void;
  /** Adds an unknown word of two or more ASCII letters or digits. */
  unknownWord(start: number, end: number, code: number): void;
  /** Adds any word, which may be part of an emoticon. */
  word(start: number, end: number, code: number): void;
  /** Adds a single sign of punctuation. */
  mark(at: number): void;
  /** Adds `...` */
  ellipsis(at: number): void;
  /** Ends a group at an empty line, without a token. */
  emptyLine(): void;
  /** Ends the last group. */
  finish(): void;
  /** Returns the word of a known token, in lower case. */
  wordAt(index: number): string;
}

/** Creates a list for the sentences of the texts of `reader`, with at most `capacity` tokens per sentence. */
export function createTokenList(reader: TextReader, capacity: number): TokenList {
  const { units } = reader;
  const kinds = unitKinds;
  const keepsByCode = KEEPS;
  const start = new Int32Array(capacity);
  const end = new Int32Array(capacity);
  const code = new Int32Array(capacity);
  const known = new Int32Array(capacity);
  const keeps = new Uint8Array(capacity);

  let count = 0;
  let keep = KEEPS_ALL;
  // The group: its first token, the number of known tokens before it, and the KEEPS bits before it.
  let first = 0;
  let knownBefore = 0;
  let keptBefore = KEEPS_ALL;
  let isEnding = false;
  let mayJoin = false;

  const list: TokenList = {
    start,
    end,
    code,
    known,
    keeps,
    knownCount: 0,
    clear,
    knownWord,
    unknownWord,
    word,
    mark,
    ellipsis,
    emptyLine,
    finish,
    wordAt,
  };
  return list;

  function clear(): void {
    count = 0;
    list.knownCount = 0;
    keep = KEEPS_ALL;
    begin();
  }

  /** Starts a new group. */
  function begin(): void {
    first = count;
    knownBefore = list.knownCount;
    keptBefore = keep;
    isEnding = false;
    mayJoin = false;
  }

  function finish(): void {
    if (mayJoin) join();
    begin();
  }

  function add(from: number, to: number, tokenCode: number): void {
    start[count] = from;
    end[count] = to;
    code[count] = tokenCode;
    count++;
  }

  /** Records the token `index` as known. */
  function note(index: number): void {
    known[list.knownCount] = index;
    keeps[list.knownCount] = keep;
    list.knownCount++;
    keep = KEEPS_ALL;
  }

  function knownWord(from: number, to: number, wordId: number): void {
    if (isEnding) finish();
    note(count);
    add(from, to, wordId);
  }

  function unknownWord(from: number, to: number, tokenCode: number): void {
    if (isEnding) finish();
    keep &= keepsByCode[-tokenCode]!;
    add(from, to, tokenCode);
  }

  function word(from: number, to: number, tokenCode: number): void {
    if (tokenCode > 0) knownWord(from, to, tokenCode);
    else unknownWord(from, to, tokenCode);
    if (to - from <= 2) watch(kinds[units[from]!]!);
  }

  function mark(at: number): void {
    const unit = units[at]!;
    const kind = kinds[unit]!;
    if (kind & ENDS) isEnding = true;
    else if (isEnding && !(kind & STAYS)) finish();
    if (unit === 33) {
      note(count);
      add(at, at + 1, EXCLAMATION);
      return;
    }
    add(at, at + 1, UNKNOWN_1);
    if (unit === 41 && isIrony()) {
      count -= 2;
      end[count - 1] = at + 1;
      code[count - 1] = IRONY;
      known[list.knownCount - 1] = count - 1;
    } else watch(kind);
  }

  function ellipsis(at: number): void {
    isEnding = true;
    keep = 0;
    add(at, at + 3, UNKNOWN);
  }

  function emptyLine(): void {
    isEnding = true;
  }

  /** Whether the group ends with `(`, `!`, `)`. */
  function isIrony(): boolean {
    const at = count - 3;
    return at >= first && code[at + 1] === EXCLAMATION && code[at] === UNKNOWN_1 && units[start[at]!] === 40;
  }

  /** Detects adjacent tokens that may be parts of an emoticon; most groups have none. */
  function watch(kind: number): void {
    const last = count - 1;
    if (!(kind & FOLLOWS) || last <= first) return;
    if (areNeighbours(units[end[last - 1]! - 1]!, units[start[last]!]!)) mayJoin = true;
  }

  /** Joins the emoticons of the group. */
  function join(): void {
    const limit = count;
    list.knownCount = knownBefore;
    keep = keptBefore;
    count = first;
    for (let index = first; index < limit; index++) {
      const from = start[index]!;
      let to = end[index]!;
      let tokenCode = code[index]!;
      // An emoticon can continue only if the end of the token and the start of the next can be adjacent.
      const mayContinue = index + 1 < limit && areNeighbours(units[to - 1]!, units[start[index + 1]!]!);
      for (let at = mayContinue ? Math.max(from, to - LONGEST_EMOTICON) : to; at < to; at++) {
        if (!matchEmoticon(units, list, index, at, limit)) continue;
        if (lastMatch.lastToken > index) {
          tokenCode = at === from ? lastMatch.code : joinedCode(from, at, lastMatch.emoticon.toLowerCase());
          index = lastMatch.lastToken;
          to = end[index]!;
        }
        break;
      }
      if (tokenCode > 0 || tokenCode <= EXCLAMATION) note(count);
      else keep &= keepsByCode[-tokenCode]!;
      add(from, to, tokenCode);
    }
  }

  /** Returns the code of an emoticon with its preceding characters in the same word. */
  function joinedCode(from: number, at: number, emoticon: string): number {
    if (at > from + 32) return UNKNOWN;
    const letters = new Uint16Array(at - from + emoticon.length);
    letters.set(units.subarray(from, at));
    for (let index = 0; index < emoticon.length; index++)
      letters[at - from + index] = emoticon.charCodeAt(index);
    return lookUpCode(letters, 0, letters.length);
  }

  function wordAt(index: number): string {
    if (code[index] === IRONY) return "(!)";
    return code[index] === EXCLAMATION ? "!" : vocabulary.word(code[index]!);
  }
}
