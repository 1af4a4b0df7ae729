import { SPELLINGS } from "./emoticons.ts";
import { UNKNOWN_2, vocabulary } from "./vocabulary.ts";

interface Node {
  /** The emoticon that ends here, with its token code. */
  emoticon?: string;
  code?: number;
  readonly next: Map<number, Node>;
}

const root: Node = { next: new Map() };

// The pairs of adjacent characters in emoticons: one bit for each character that can follow another. All are below 256.
const own = new Int32Array(256);
const followers = new Int32Array(256);

let bits = 0;
const toUnit = (char: string): number => char.charCodeAt(0);
for (const [emoticon] of SPELLINGS) {
  const lower = emoticon.toLowerCase();
  let node = root;
  for (let at = 0; at < emoticon.length; at++) {
    const unit = emoticon.charCodeAt(at);
    const child = node.next.get(unit) ?? { next: new Map() };
    node.next.set(unit, child);
    node = child;
    if (at === 0) continue;
    if (own[unit] === 0) own[unit] = 1 << bits++;
    followers[emoticon.charCodeAt(at - 1)]! |= own[unit]!;
  }
  node.emoticon = emoticon;
  // For TextBlob, a purely alphabetic emoticon is a word of two characters.
  node.code = vocabulary.lookUp(Uint16Array.from(lower, toUnit), 0, lower.length) || UNKNOWN_2;
}

/** The maximum length of an emoticon, so none begins earlier than this many units before the end of a token. */
export const LONGEST_EMOTICON = Math.max(...SPELLINGS.map(([emoticon]) => emoticon.length));

/** Whether `first` and `second` are adjacent in any emoticon. Cheap, and almost always false. */
export const areNeighbours = (first: number, second: number): boolean =>
  first < 256 && second < 256 && (followers[first]! & own[second]!) !== 0;

/** The start and end offsets of tokens in the text. */
export interface Spans {
  readonly start: Int32Array;
  readonly end: Int32Array;
}

/** The last match of {@link matchEmoticon}. */
export const lastMatch = { emoticon: "", code: 0, lastToken: 0 };

/**
 * Finds the longest emoticon that begins at `at` in the token `index` and ends at the end of a token before `limit`, ignoring
 * white space between tokens. Stores it in {@link lastMatch}.
 */
export function matchEmoticon(
  units: Uint16Array,
  spans: Spans,
  index: number,
  at: number,
  limit: number,
): boolean {
  let node = root.next.get(units[at]!);
  if (node === undefined) return false;
  let token = index;
  let position = at + 1;
  lastMatch.emoticon = "";
  for (;;) {
    if (position === spans.end[token]!) {
      if (node.emoticon !== undefined) {
        lastMatch.emoticon = node.emoticon;
        lastMatch.code = node.code!;
        lastMatch.lastToken = token;
      }
      if (++token === limit) break;
      position = spans.start[token]!;
    }
    node = node.next.get(units[position++]!);
    if (node === undefined) break;
  }
  return lastMatch.emoticon !== "";
}
