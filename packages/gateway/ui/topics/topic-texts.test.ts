import { hexDump, previewText, retentionText, sizeText, toDeadLetterTopic } from "./topic-texts.ts";

it("finds the dead-letter topic of a topic", () => {
  expect(toDeadLetterTopic("twitter")).toBe("twitter.dead-letter");
  expect(toDeadLetterTopic("twitter.dead-letter")).toBe("twitter.dead-letter");
});

it("formats the retention of messages", () => {
  expect([604_800_000, 86_400_000, 5_400_000, 60_000, -1, null].map(retentionText)).toEqual([
    "7 days",
    "1 day",
    "1.5 hours",
    "1 minute",
    "no limit",
    "unknown",
  ]);
});

it("shows binary data as a hex dump", () => {
  expect(hexDump("00014142ff")).toBe(`00000000  00 01 41 42 ff${" ".repeat(33)}  ..AB.`);
  expect(hexDump("61".repeat(17)).split("\n")[1]).toMatch(/^00000010 {2}61 {45} {2}a$/);
});

it("distinguishes tombstones, empty values and truncated values", () => {
  const bytes = { text: "", encoding: "text", bytes: 0, isCut: false } as const;
  expect(previewText(null)).toBe("null");
  expect(previewText(bytes)).toBe("(empty)");
  expect(sizeText({ ...bytes, text: "äb", bytes: 3_000, isCut: true })).toBe("the first 3 B of 3.0 kB");
});
