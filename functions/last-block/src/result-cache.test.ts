import { createResultCache } from "./result-cache.ts";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** A cache whose results have over 1,000 characters, with a count of the calls of `work`. */
function counted({ ttlMs = 250, capacity = 10_000 } = {}) {
  let calls = 0;
  const cache = createResultCache<{ json: string }>({ ttlMs, capacity });
  const get = (key: string, length = 1_000) =>
    cache.get(key, async () => {
      calls += 1;
      return { json: key.repeat(length) };
    });
  return { cache, get, calls: () => calls };
}

describe("createResultCache", () => {
  it("shares a pending result", async () => {
    const { get, calls } = counted({ ttlMs: 0 });
    const [first, second, other] = await Promise.all([get("a", 1), get("a", 1), get("b", 1)]);
    expect([first, second, other]).toEqual([{ json: "a" }, { json: "a" }, { json: "b" }]);
    expect(calls()).toBe(2);
  });

  it("keeps a result for ttlMs, counted from its arrival", async () => {
    const { get, calls } = counted({ ttlMs: 250 });
    await get("a");
    jest.advanceTimersByTime(249);
    await get("a");
    expect(calls()).toBe(1);
    jest.advanceTimersByTime(1);
    await get("a");
    expect(calls()).toBe(2);
  });

  it("keeps nothing for 0 milliseconds", async () => {
    const { get, calls } = counted({ ttlMs: 0 });
    await get("a");
    await get("a");
    expect(calls()).toBe(2);
  });

  it("shares a failure, but does not cache it", async () => {
    const { cache, get } = counted();
    const fail = () => cache.get("a", () => Promise.reject(new Error("late")));
    const outcomes = await Promise.allSettled([fail(), get("a")]);
    expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
    expect(await get("a", 1)).toEqual({ json: "a" });
  });

  it("evicts the least recently used result when the capacity is exceeded", async () => {
    const { get, calls } = counted({ capacity: 10_000 });
    await get("a", 4_000);
    await get("b", 4_000);
    await get("a");
    await get("c", 4_000);
    expect(calls()).toBe(3);
    await get("a");
    expect(calls()).toBe(3);
    await get("b");
    expect(calls()).toBe(4);
  });

  it("counts the keys and an overhead for each result", async () => {
    const { get, calls } = counted({ capacity: 10_000 });
    for (const letter of "abcdefghijk") await get(letter.repeat(500), 0);
    await get("k".repeat(500), 0);
    expect(calls()).toBe(11);
    await get("a".repeat(500), 0);
    expect(calls()).toBe(12);
  });

  it("does not cache a result above the capacity", async () => {
    const { get, calls } = counted({ capacity: 10_000 });
    await get("a", 9_500);
    await get("a", 9_500);
    expect(calls()).toBe(2);
  });
});
