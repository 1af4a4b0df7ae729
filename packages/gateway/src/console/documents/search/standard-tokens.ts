/**
 * Tokenizes a text like Elasticsearch's `standard` analyzer, in lower case. The boundaries are Unicode's word boundaries (UAX #29) with
 * exceptions: every Han and Hiragana character, a run of a South-East Asian script, and an emoji are tokens. The embedded store
 * indexes these tokens, so it finds the same documents as Elasticsearch. test/e2e/console/document-stores.ts compares both.
 */
export function standardTokens(text: string): string[] {
  const tokens: string[] = [];
  for (const [match] of text.matchAll(anyToken)) {
    for (let start = 0; start < match.length; start += longestToken)
      tokens.push(toLowerCase(match.slice(start, start + longestToken)));
  }
  return tokens;
}

/** The analyzer cuts longer tokens into several. */
const longestToken = 255;

/** Lowers each code point separately, as Java does: no final sigma, and İ becomes a plain i. */
function toLowerCase(token: string): string {
  if (/^[ -~]*$/.test(token)) return token.toLowerCase();
  return Array.from(token, (character) => (character === "İ" ? "i" : character.toLowerCase())).join("");
}

// Values of Unicode's property Word_Break, which regular expressions do not support, as character classes (flag v).
const extend = String.raw`[[\p{M}\p{Cf}\p{Emoji_Modifier}\uFF9E\uFF9F]--[\u200B]]`;
const hiragana = String.raw`\p{sc=Hira}`;
const katakana = String.raw`[[\p{sc=Kana}\u3031-\u3035\u309B\u309C\u30A0\u30FC\uFF70]--${extend}]`;
const southEastAsian = String.raw`[[\p{sc=Thai}\p{sc=Laoo}\p{sc=Mymr}\p{sc=Khmr}\p{sc=Tale}\p{sc=Talu}\p{sc=Lana}\p{sc=Tavt}\p{sc=Ahom}]&&[\p{L}\p{M}]]`;
const hebrew = String.raw`[\p{sc=Hebr}&&\p{Lo}]`;
const letterLike = String.raw`\u02C2-\u02C5\u02D2-\u02D7\u02DE\u02DF\u02ED\u02EF-\u02FF\u055B\u055C\u055E\u05F3\uA720\uA721\uA789\uA78A\uAB5B`;
const letter = String.raw`[[\p{Alphabetic}${letterLike}]--\p{Ideographic}--${hiragana}--${katakana}--${southEastAsian}--${hebrew}--${extend}]`;
const anyLetter = `[${letter}${hebrew}]`;
const digit = String.raw`[\p{Nd}\u066B]`;
const connector = String.raw`[\p{Pc}\u202F]`;
const betweenAll = String.raw`'.\u2018\u2019\u2024\uFE52\uFF07\uFF0E`;
const betweenLetters = String.raw`[${betweenAll}\u003A\u00B7\u0387\u05F4\u2027\uFE13\uFE55\uFF1A]`;
const betweenDigits = String.raw`[${betweenAll},;\u037E\u0589\u060C\u060D\u066C\u07F8\u2044\uFE10\uFE14\uFE50\uFE54\uFF0C\uFF1B]`;

// Words. A mark belongs to the character before it.
const e = `${extend}*`;
const afterHebrew = `(?:'${e}|"${e}(?=${hebrew})|${betweenLetters}${e}(?=${anyLetter}))?`;
const afterLetter = `(?:${betweenLetters}${e}(?=${anyLetter}))?`;
const afterDigit = `(?:${betweenDigits}${e}(?=${digit}))?`;
const run = `(?:(?:${katakana}${e})+|(?:${hebrew}${e}${afterHebrew}|${letter}${e}${afterLetter}|${digit}${e}${afterDigit})+)`;
const joined = `(?:${connector}${e})`;
// Skips leading characters as a whole; a retry from each of them would take quadratic time.
const leading = `(?:(?=${connector})(?<!${connector}${e})${joined}+)?`;
const word = `${leading}${run}(?:${joined}+${run})*${joined}*`;

// Emoji of Unicode 11, as in the analyzer: pictographs with selector, skin tone, joiners or tags; keycaps; flags.
const oldPictures = String.raw`\u2388\u2600-\u2605\u2607-\u2612\u2614-\u2685\u2690-\u2705\u2708-\u2712\u2765-\u2767\u{1F000}-\u{1F0FF}\u{1F10D}-\u{1F10F}\u{1F12F}\u{1F16C}-\u{1F171}\u{1F1AD}-\u{1F1E5}\u{1F249}-\u{1F3FA}\u{1F400}-\u{1F53D}\u{1F546}-\u{1F64F}\u{1F680}-\u{1F6FF}\u{1F774}-\u{1F77F}\u{1F7D5}-\u{1F7FF}\u{1F8B0}-\u{1F8FF}\u{1F900}-\u{1FFFD}`;
const picture = String.raw`[\p{Extended_Pictographic}${oldPictures}[\p{Emoji}--[#*0-9]--\p{RI}--\p{Emoji_Modifier}]]`;
const mark = String.raw`[${extend}--[\uFE0E\uFE0F]]*`;
const joiners = String.raw`(?:(?<!\u200D)\u200D+)?`;
const onePicture = String.raw`(?:(?:${joiners}\p{Emoji_Modifier_Base}${mark})?\p{Emoji_Modifier}${mark}|${joiners}${picture}${mark}\uFE0F?)`;
const emoji = String.raw`${onePicture}(?:(?:[\u{E0020}-\u{E007E}]+\u{E007F})|(?:(?:(?<=\u200D)|(?=\u200D))${onePicture})*)`;
const keycap = String.raw`[#*]${mark}\uFE0F?\u20E3${mark}`;
const flag = String.raw`(?:\p{RI}${e}){2}`;

const anyToken = new RegExp(
  String.raw`${word}|${emoji}|${keycap}|${flag}|(?:${southEastAsian}${e})+|\p{sc=Hani}${e}|${hiragana}${e}`,
  "gv",
);
