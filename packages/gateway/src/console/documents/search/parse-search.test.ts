import { parseSearch } from "./parse-search.ts";
import { SearchError } from "./search-error.ts";

const phrase = (text: string) => ({ kind: "phrase", text });
const range = (field: string, bounds: object) => ({ kind: "range", field, bounds });

it.each([
  ["", undefined],
  ["   ", undefined],
  ["kind", phrase("kind")],
  ["don't", phrase("don't")],
  ['"good \\"morning\\""', phrase('good "morning"')],
  ["good kind", { kind: "all", of: [phrase("good"), phrase("kind")] }],
  ["a OR b AND c", { kind: "any", of: [phrase("a"), { kind: "all", of: [phrase("b"), phrase("c")] }] }],
  ["NOT (a OR b)", { kind: "not", of: { kind: "any", of: [phrase("a"), phrase("b")] } }],
  ["and or not", { kind: "all", of: [phrase("and"), phrase("or"), phrase("not")] }],
  ["text:kind", phrase("kind")],
  ["author:ada", { kind: "equals", field: "author", value: "ada" }],
  ["twitter.handle:ada", { kind: "equals", field: "author", value: "ada" }],
  [
    'user:("Ada L" OR bob)',
    {
      kind: "any",
      of: [
        { kind: "equals", field: "user", value: "Ada L" },
        { kind: "equals", field: "user", value: "bob" },
      ],
    },
  ],
  ["id:at://did:plc:x/7", { kind: "equals", field: "id", value: "at://did:plc:x/7" }],
  ["polarity:>0.5", range("polarity", { above: 0.5 })],
  ["polarity:[-0.5 TO 0.25}", range("polarity", { atLeast: -0.5, below: 0.25 })],
  ["polarity:{* TO 0.5]", range("polarity", { atMost: 0.5 })],
  ["polarity:0.3", range("polarity", { atLeast: Math.fround(0.3), atMost: Math.fround(0.3) })],
  ["sentences:>=2", range("sentences", { atLeast: 2 })],
  ["scored:2026-01-31", range("scored", { atLeast: Date.UTC(2026, 0, 31), below: Date.UTC(2026, 1, 1) })],
  ["scored:>2026-01", range("scored", { atLeast: Date.UTC(2026, 1, 1) })],
  ["created:[2026-01-31T12:00:00+01:00 TO *]", range("created", { atLeast: Date.UTC(2026, 0, 31, 11) })],
])("parses %s", (text, condition) => {
  expect(parseSearch(text)).toEqual(condition);
});

it.each([
  ["kind*", 5, '"*" is not supported here; quote text that contains it'],
  ["a wh?t", 5, '"?" is not supported here'],
  ["a -b", 3, '"-" is not supported here; use NOT to exclude'],
  ["a && b", 3, '"&&" is not supported here; use AND'],
  ["kind~2", 5, '"~" is not supported here'],
  ["/kind/", 1, '"/" is not supported here'],
  ['say "good', 5, "the closing quote is missing"],
  ["(a OR b", 8, '")" is missing'],
  ["a) b", 2, '")" has no matching "("'],
  ["()", 2, 'unexpected ")"'],
  ["a AND", 6, "a word is missing at the end"],
  ["OR a", 1, "a word is missing before OR"],
  ["a AND OR b", 7, "a word is missing before OR"],
  ["colour:red", 1, 'unknown field "colour"; allowed: text, author, user, id, index, polarity'],
  ["http://x.y", 1, 'unknown field "http"'],
  ["polarity:high", 10, '"high" is not a number, which polarity needs'],
  ["polarity:[0 TO 1", 17, '"]" or "}" is missing'],
  ["polarity:[0, 1]", 14, '"TO" is missing, as in [0.5 TO 1]'],
  ["scored:2026-02-30", 8, '"2026-02-30" is not a date'],
  ['a "!?"', 3, "there is no letter, digit or emoji to search for"],
  [`${"(".repeat(30)}a`, 9, "at most 7 levels can be nested"],
  ["a ".repeat(101), 201, "a search has at most 100 parts"],
  ["a".repeat(1_001), 1_001, "a search has at most 1000 characters"],
])("refuses %s with the position and the problem", (text, character, problem) => {
  expect(() => parseSearch(text)).toThrow(SearchError);
  expect(() => parseSearch(text)).toThrow(`The search is wrong at character ${character}: ${problem}`);
});
