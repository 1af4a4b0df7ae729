import { readLetter } from "./letter.ts";
import { letterRow } from "./letter-text.ts";

it.each([
  ["1764417600000", "2025-11-29T12:00:00.000Z"],
  ["-1", "-"],
  ["9223372036854775807", "-"],
])("lists a letter with the time %s", (timestamp, written) => {
  const letter = readLetter("t.dead-letter", 0, {
    key: null,
    value: null,
    headers: {},
    offset: "7",
    timestamp,
    attributes: 0,
  });
  const row = letterRow(letter, { outcomes: new Map(), maxReplays: 3 });
  expect(row.split(/ +/).at(-1)).toBe(written);
});
