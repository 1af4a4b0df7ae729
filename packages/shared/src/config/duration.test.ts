import { parseDuration } from "./duration.ts";

describe("parseDuration", () => {
  it.each([
    ["500ms", 500],
    ["5s", 5_000],
    ["1.5s", 1_500],
    ["1m30s", 90_000],
    ["1h", 3_600_000],
    ["1h1m1s1ms", 3_661_001],
    ["0.1s0.2s", 300],
    ["0s", 0],
  ])("reads %s as %d ms", (text, expected) => {
    expect(parseDuration(text)).toBe(expected);
  });

  it.each([
    "",
    "5",
    "s",
    "5 s",
    "-5s",
    "1.s",
    ".5s",
    "1d",
    "5S",
    "1s,2s",
    "soon",
    "9999999999s",
    "1h".repeat(51),
  ])("returns undefined for %j", (text) => {
    expect(parseDuration(text)).toBeUndefined();
  });
});
