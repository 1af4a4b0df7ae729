import crypto from "node:crypto";
import { equalsInConstantTime } from "./constant-time.ts";

describe("equalsInConstantTime", () => {
  it.each([
    ["equal texts", "secret", "secret", true],
    ["a text and its prefix", "secret", "secre", false],
    ["texts with different first letters", "secret", "tecret", false],
    ["an empty and a non-empty text", "", "secret", false],
    ["texts that look alike", "e\u0301", "\u00e9", false],
  ])("compares %s", (_, a, b, same) => {
    expect(equalsInConstantTime(a, b)).toBe(same);
  });

  it("takes the same time for all texts: it compares digests, which have one length, and does so in constant time", () => {
    const compare = jest.spyOn(crypto, "timingSafeEqual");
    const texts = ["", "s", "secret", "x".repeat(10_000)];
    for (const a of texts) for (const b of texts) equalsInConstantTime(a, b);
    const lengths = compare.mock.calls.map(([a, b]) => [a.byteLength, b.byteLength]);
    expect(lengths).toEqual(Array(16).fill([32, 32]));
  });
});
