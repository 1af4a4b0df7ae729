import { milliseconds } from "./invoke-function.ts";

it.each([
  ["10s", 10_000],
  ["500ms", 500],
  ["1m30s", 90_000],
  ["1.5s", 1_500],
  ["1h", 3_600_000],
  ["", undefined],
  ["10", undefined],
  ["soon", undefined],
  [undefined, undefined],
])("reads the Go duration %p as %p milliseconds", (text, expected) => {
  expect(milliseconds(text)).toBe(expected);
});
