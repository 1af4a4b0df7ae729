import { wellFormed } from "./well-formed.ts";

it.each([
  ["People are kind", "People are kind"],
  ["a pair 😀 stays", "a pair 😀 stays"],
  ["cut \ud83d", "cut \ufffd"],
  ["\ude00 cut", "\ufffd cut"],
  ["\ude00\ud83d", "\ufffd\ufffd"],
  ["\ud83d\ud83d\ude00", "\ufffd😀"],
  ["\0", "\0"],
])("makes %j well formed", (text, expected) => {
  expect(wellFormed(text)).toBe(expected);
  expect(Buffer.from(wellFormed(text)).toString()).toBe(expected);
});
