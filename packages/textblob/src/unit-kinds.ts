import { SPELLINGS } from "./emoticons.ts";
import { PUNKT_NON_WORD } from "./punkt-words.ts";
import { isPythonSpace } from "./white-space.ts";

// The kind of a code unit for TextBlob's tokeniser, in the low three bits. A word is a run of WORD units. SIGN and DOT are
// stripped from the ends of a word but allowed inside. QUOTE and SPACE always separate. Bit 0 is set for all except WORD.
export const KIND = 7;
export const WORD = 0;
const SIGN = 1;
export const DOT = 3;
const QUOTE = 5;
export const SPACE = 7;

/** Flag of `. ! ?`, which end a group of tokens. */
export const ENDS = 8;
/** Flag of `)`, `”` and `’`, which still belong to a group after its end. */
export const STAYS = 16;
/** Flag of characters that follow another character in an emoticon. */
export const FOLLOWS = 32;

/** Flag of characters that Punkt (unlike the tokeniser) does not allow within a word. */
export const SEPARATES = 64;

/** Kind and flags of every code unit, for a single look-up without a check for ASCII. */
export const unitKinds = new Uint8Array(65_536);

const flag = (chars: string, bits: number): void => {
  for (let at = 0; at < chars.length; at++) unitKinds[chars.charCodeAt(at)]! |= bits;
};
for (let unit = 0; unit < 0x100; unit++) if (isPythonSpace(unit)) unitKinds[unit] = SPACE;
for (let unit = 0x2000; unit < 0x2060; unit++) if (isPythonSpace(unit)) unitKinds[unit] = SPACE;
flag("\u1680\u3000", SPACE);
flag(",;:!?()[]{}`@#$^&*+-|=~_", SIGN);
flag("'\"‘’“”", QUOTE);
flag(".", DOT);
flag(".!?", ENDS);
flag(")”’", STAYS);
flag(PUNKT_NON_WORD, SEPARATES);
for (const [emoticon] of SPELLINGS) flag(emoticon.slice(1), FOLLOWS);
