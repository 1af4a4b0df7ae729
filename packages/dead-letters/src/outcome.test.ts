import { type Letter, readLetter } from "./letter.ts";
import { addOutcome, findOutcome, letterState, type Outcomes, outcomeMessage } from "./outcome.ts";

const createLetter = (timestamp: string, replays = "0"): Letter =>
  readLetter("t.dead-letter", 0, {
    key: null,
    value: null,
    headers: { "dead-letter-replays": replays },
    offset: "7",
    timestamp,
    attributes: 0,
  });
const letter = createLetter("1700000000000");
const record = (...args: Parameters<typeof outcomeMessage>) => {
  const { key, value } = outcomeMessage(...args);
  return { key: Buffer.from(key as string), value: Buffer.from(value as string) };
};
const discarded = record(letter, { outcome: "discarded", at: "2026-11-29T12:00:00Z" });

it("is found by the letter's position, under its key in the topic", () => {
  const outcomes: Outcomes = new Map();
  expect(String(discarded.key)).toBe("t.dead-letter/0/7");
  addOutcome(outcomes, discarded);
  expect(findOutcome(letter, outcomes)).toMatchObject({ outcome: "discarded", at: "2026-11-29T12:00:00Z" });
  expect(letterState(letter, outcomes, 3)).toBe("discarded");
});

it("does not apply to a letter at the same offset of a topic that was created again", () => {
  const outcomes: Outcomes = new Map();
  addOutcome(outcomes, discarded);
  expect(letterState(createLetter("1700000000001"), outcomes, 3)).toBe("waiting");
});

it("is removed by a tombstone, and ignored in a malformed record", () => {
  const outcomes: Outcomes = new Map();
  for (const value of [discarded.value, null, Buffer.from("{"), Buffer.from('{"outcome":"lost"}')]) {
    addOutcome(outcomes, { key: discarded.key, value });
  }
  addOutcome(outcomes, { key: null, value: discarded.value });
  expect(outcomes.size).toBe(0);
});

it("reports a letter as exhausted after the maximum number of replays", () => {
  expect(letterState(createLetter("1", "3"), new Map(), 3)).toBe("exhausted");
});
