import { SPELLINGS } from "./emoticons.ts";
import { UNKNOWN_2, vocabulary } from "./vocabulary.ts";

interface Node {
  /** The emoticon that ends here, as written, and what it is as a token. */
  emoticon?: string;
  code?: number;
  readonly next: Map<number, Node>;
}

const root: Node = { next: new Map() };

// Which characters can stand side by side in an emoticon: one bit for each that can follow another one. All of these
// lie below 256.
const own = new Int32Array(256);
const followers = new Int32Array(256);

let bits = 0;
const unitAt = (char: string): number => char.charCodeAt(0);
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
  // One that is purely alphabetic is a word of two characters to TextBlob.
  node.code = vocabulary.lookUp(Uint16Array.from(lower, unitAt), 0, lower.length) || UNKNOWN_2;
}

/** No emoticon is longer, so none begins earlier than this many units before the end of a token. */
export const LONGEST_EMOTICON = Math.max(...SPELLINGS.map(([emoticon]) => emoticon.length));

/** Whether some emoticon has `first` and `second` side by side: cheap, and false nearly always. */
export const areNeighbours = (first: number, second: number): boolean =>
  first < 256 && second < 256 && (followers[first]! & own[second]!) !== 0;

/** Tokens by where they start and end in the text. */
export interface Spans {
  readonly start: Int32Array;
  readonly end: Int32Array;
}

/** What {@link matchEmoticon} found last. */
export const found = { emoticon: "", code: 0, lastToken: 0 };

/**
 * Looks for the longest emoticon that begins at `at` in the token `index` and ends with the end of a token before
 * `limit`, white space between tokens put aside. If there is one, {@link found} says which.
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
  found.emoticon = "";
  for (;;) {
    if (position === spans.end[token]!) {
      if (node.emoticon !== undefined) {
        found.emoticon = node.emoticon;
        found.code = node.code!;
        found.lastToken = token;
      }
      if (++token === limit) break;
      position = spans.start[token]!;
    }
    node = node.next.get(units[position++]!);
    if (node === undefined) break;
  }
  return found.emoticon !== "";
}
