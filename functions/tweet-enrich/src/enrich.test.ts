import { toRecord } from "./enrich.ts";
import type { Origin } from "./origin.ts";
import type { Tweet } from "./tweet.ts";

const tweet: Tweet = { id: "1", text: "Hi", createdAt: undefined, handle: undefined, user: undefined };
const sentiment = { polarity: 0, subjectivity: 0, sentence_count: 1 };
const origin: Origin = { topic: undefined, timestamp: () => undefined, startTime: undefined };
const scoredAt = new Date("2020-02-03T04:05:06Z");
const record = (fields: Partial<Tweet>, from: Partial<Origin> = {}) =>
  toRecord({ ...tweet, ...fields }, sentiment, { origin: { ...origin, ...from }, tweetIndex: 0, scoredAt });

describe("toRecord", () => {
  it("selects the index by the creation date in UTC, else by Kafka's timestamp, else by the current time", () => {
    const createdAt = new Date("2018-12-31T23:30:00-01:00");
    const timestamp = () => new Date("2019-06-01T00:00:00Z");
    expect(record({ createdAt }, { timestamp }).index).toBe("sentiment-2019-01");
    expect(record({}, { timestamp }).index).toBe("sentiment-2019-06");
    expect(record({}).index).toBe("sentiment-2020-02");
  });

  it("has the id of the tweet, or a stable hash when the id is missing or too long", () => {
    expect(record({}).id).toBe("1");
    const hash = record({ id: undefined }).id;
    expect(hash).toMatch(/^[0-9a-f]{64}$/);
    expect(record({ id: undefined }).id).toBe(hash);
    for (const other of [{ text: "Ho" }, { handle: "Hi" }, { user: "Hi" }, { createdAt: scoredAt }]) {
      expect(record({ ...other, id: undefined }).id).not.toBe(hash);
    }
    expect(record({ id: "é".repeat(256) }).id).toHaveLength(256);
    expect(record({ id: "é".repeat(257) }).id).toMatch(/^[0-9a-f]{64}$/);
  });

  it("has the start time of the call only when it is known", () => {
    expect(record({}).document).not.toHaveProperty("X-Start-Time");
    expect(record({}, { startTime: 7 }).document["X-Start-Time"]).toBe(7);
  });
});
