import { type Arrival, toStorageLocation } from "./storage-location.ts";
import type { Tweet } from "./tweet.ts";

const tweet: Tweet = { id: "1", text: "Hi", createdAt: undefined, handle: undefined, user: undefined };
const now = new Date("2026-11-28T12:00:00Z");
const locate = (fields: Partial<Tweet>, arrival: Partial<Arrival> = {}) =>
  toStorageLocation({ ...tweet, ...fields }, { received: undefined, now, ...arrival });
const selectIndex = (createdAt: string, arrival: Partial<Arrival> = {}) =>
  locate({ createdAt: new Date(createdAt) }, arrival).index;

describe("the index", () => {
  it("contains the month of a plausible date", () => {
    expect(selectIndex("2006-01-01T00:00:00Z")).toBe("sentiment-2006-01");
    expect(selectIndex("2018-12-31T23:30:00-01:00")).toBe("sentiment-2019-01");
    expect(selectIndex("2026-11-30T12:00:00Z")).toBe("sentiment-2026-11");
  });

  it("is sentiment-undated for dates before 2006 or more than two days ahead", () => {
    const indexes = new Set(
      Array.from({ length: 10_000 }, (_, year) =>
        selectIndex(`${String(year).padStart(4, "0")}-06-15T00:00:00Z`),
      ),
    );
    expect(indexes.size).toBe(2026 - 2006 + 1 + 1);
    expect(selectIndex("2005-12-31T23:59:59Z")).toBe("sentiment-undated");
    expect(selectIndex("2026-11-30T12:00:01Z")).toBe("sentiment-undated");
    expect(selectIndex("+010000-01-01T00:00:00Z")).toBe("sentiment-undated");
  });

  it("depends on Kafka's timestamp, so that a repetition has the same index", () => {
    const received = new Date("2020-01-01T00:00:00Z");
    expect(selectIndex("2020-01-02T00:00:00Z", { received })).toBe("sentiment-2020-01");
    expect(selectIndex("2020-02-01T00:00:00Z", { received })).toBe("sentiment-undated");
  });

  it.each(["1980-01-01T00:00:00Z", "2200-01-01T00:00:00Z"])(
    "ignores the implausible timestamp %s of a producer",
    (time) => {
      const received = new Date(time);
      expect(locate({}, { received }).index).toBe("sentiment-undated");
      expect(selectIndex(time, { received })).toBe("sentiment-undated");
    },
  );
});

describe("the id", () => {
  it.each([
    ["that is empty", ""],
    ["that is too long", "é".repeat(257)],
    ["with a lone surrogate", "a\ud83d"],
  ])("is a distinct hash for an id %s", (_, id) => {
    expect(locate({ id }).id).toMatch(/^[0-9a-f]{64}$/);
    expect(locate({ id }).id).not.toBe(locate({ id: `${id}\ud83d` }).id);
    expect(locate({ id }).id).toBe(locate({ id }).id);
  });
});

describe("the version", () => {
  it("is null for a form without edits, and never negative", () => {
    expect(locate({}).version).toBeNull();
    expect(locate({ version: 1_539_202_764_000 }).version).toBe(1_539_202_764_000);
    expect(locate({ version: Date.UTC(1969, 1) }).version).toBe(0);
  });
});
