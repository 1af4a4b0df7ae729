import fc from "fast-check";
import { WORDS } from "../../packages/textblob/src/data/lexicon.ts";
import {
  ABBREVIATIONS,
  COLLOCATIONS,
  ORTHOGRAPHY,
  STARTERS,
} from "../../packages/textblob/src/data/punkt.ts";
import { EMOTICONS } from "../../packages/textblob/src/emoticons.ts";

const read = (list: string): string[] => list.split("|");
const from = (...items: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...items);
const chars = (list: string): fc.Arbitrary<string> => from(...list);

/** Returns a word unchanged, capitalised, or in capitals. */
const inSomeCase = (word: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.tuple(word, fc.nat(5)).map(([text, way]) => {
    if (way === 0) return text.toUpperCase();
    return way < 3 ? text.charAt(0).toUpperCase() + text.slice(1) : text;
  });

const lexiconWord = inSomeCase(from(...read(WORDS)));
const strongWord = inSomeCase(
  from(
    "good",
    "bad",
    "great",
    "awful",
    "very",
    "really",
    "extremely",
    "much",
    "complex",
    "not",
    "no",
    "never",
    "dull",
  ),
);
const plainWord = inSomeCase(
  from(
    "the",
    "a",
    "I",
    "is",
    "it",
    "an",
    "of",
    "table",
    "END-OF-SENTENCE",
    "end-of-sentence",
    "constructor",
    "x",
    "o",
    "D",
  ),
);
const contraction = from(
  "don't",
  "isn't",
  "can't",
  "n't",
  "DON'T",
  "don’t",
  "it's",
  "we'll",
  "I'd",
  "n'to",
  ".n't",
  "x.n't",
);

const punctuation = ".,;:!?()[]{}`'\"@#$^&*+-|=~_/\\<>%“”‘’«»…–";
const punctuationRun = fc.string({ unit: chars(punctuation), minLength: 1, maxLength: 5 });
const stops = from(
  ".",
  "!",
  "?",
  "...",
  "..",
  "?!",
  "!!",
  ". .",
  ". . .",
  ".\u00a0.\u00a0.",
  "(!)",
  "( ! )",
  '."',
  ".)",
  ".”",
  "!’",
  ".--",
  ".\n\u001c ",
  "!\n\u001c\u001d\u2003",
);

const emoticon = fc
  .tuple(from(...EMOTICONS.keys(), ":D", "XD", "xD", "o_O", "O°", ":-P", "8-D"), fc.nat(3), fc.nat(3))
  .map(([text, way, at]) => {
    if (way === 0) return [...text].join(" ");
    return way === 1 ? `${text.slice(0, at)} ${text.slice(at)}` : text;
  });

const orthography = ORTHOGRAPHY.flatMap(([, words]) => read(words));
const abbreviation = inSomeCase(from(...read(ABBREVIATIONS))).map((word) => `${word}.`);
const textblobAbbreviation = from(
  "e.g.",
  "etc.",
  "Med.",
  "med.",
  "Mr.",
  "Bz.",
  "A|.",
  "vs.",
  "w/.",
  "f.",
  "pl.",
  "p.m.",
  "Cf.",
  "Ry.",
);
const collocation = from(...read(COLLOCATIONS)).map((pair) =>
  pair.replace("##number##", "42").replace(/ (.)/, (_, letter: string) => `. ${letter.toUpperCase()}`),
);
const initial = fc.tuple(chars("ABIJOxyzÉßǅʕǈა𝐀Ⱡ_4"), from(". ", ".", ".-")).map((parts) => parts.join(""));
const number = fc.oneof(
  fc.integer({ min: -99, max: 9999 }).map(String),
  from("3.14", "1,000", "-.5", "٣.", "1.", "7.", "12-13", "3.4.5.", "8", "3", "५.", "𝟗."),
);
const afterDot = fc.oneof(inSomeCase(from(...orthography)), inSomeCase(from(...read(STARTERS))));

const oddChar = fc.oneof(
  fc.string({ unit: "binary", minLength: 1, maxLength: 2 }),
  fc.string({ unit: "grapheme", minLength: 1, maxLength: 2 }),
  from(
    ..."ǅǈǲᾈΣςİıſKÅ\u0301\u0345\u200d\u200c\ufeff\u180e\u200b♥\ufe0f😀👍🏽°ªºⅷⓐ\u{1c89}\u{a7cb}\u{10d50}\u{1e4f0}",
  ),
  fc.constantFrom("\ud800", "\udc00", "\ud83d", "\0", "\u007f", "\u{10ffff}", "Kind", "baK"),
);
const space = fc.constantFrom(
  ..." \t\n\r\v\f\u001c\u001d\u001e\u001f\u0085\u00a0\u1680\u2003\u2028\u2029\u202f\u205f\u3000",
  "\n\n",
  "\r\n",
  "\r\n\r\n",
  "\n \n",
  "  ",
);

const tweetPart = from(
  "RT",
  "@user_1:",
  "#winning",
  "#NotGood",
  "http://t.co/Ab3x",
  "https://x.org/a?b=c!",
  "w/",
  "lol",
  "sooo",
  "&amp;",
  "#1",
  "50%",
  "$5.99",
  "b4",
  "<3",
  "…",
  "good…",
  "good/bad",
  "good-bad",
  "good...bad",
  "self.good",
  "u.s.",
  "10am",
);

/** Returns one component of a text. */
const piece = fc.oneof(
  { arbitrary: lexiconWord, weight: 5 },
  { arbitrary: strongWord, weight: 5 },
  { arbitrary: plainWord, weight: 4 },
  { arbitrary: afterDot, weight: 3 },
  { arbitrary: stops, weight: 4 },
  { arbitrary: emoticon, weight: 3 },
  { arbitrary: abbreviation, weight: 2 },
  { arbitrary: initial, weight: 2 },
  { arbitrary: number, weight: 2 },
  { arbitrary: punctuationRun, weight: 2 },
  { arbitrary: tweetPart, weight: 2 },
  { arbitrary: oddChar, weight: 2 },
  { arbitrary: contraction, weight: 1 },
  { arbitrary: textblobAbbreviation, weight: 1 },
  { arbitrary: collocation, weight: 1 },
);

const gap = fc.oneof(
  { arbitrary: fc.constant(" "), weight: 12 },
  { arbitrary: fc.constant(""), weight: 4 },
  { arbitrary: space, weight: 2 },
);

/** Returns texts of up to a few dozen words that cover every branch of the algorithm. */
export const texts: fc.Arbitrary<string> = fc.oneof(
  {
    arbitrary: fc.array(fc.tuple(piece, gap), { maxLength: 24 }).map((parts) => parts.flat().join("")),
    weight: 12,
  },
  { arbitrary: fc.string({ unit: chars(`${punctuation} \nagnotxDO83`), maxLength: 24 }), weight: 3 },
  { arbitrary: fc.string({ unit: chars(".?!'\") -\n\u00a0\u001cAa1"), maxLength: 16 }), weight: 2 },
  { arbitrary: fc.string({ unit: "binary", maxLength: 24 }), weight: 1 },
);
