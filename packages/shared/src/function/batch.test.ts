import { PlatformError } from "../errors/platform-error.ts";
import { Batch, parseJsonBatch, parseNdjsonBatch, Skipped } from "./batch.ts";
import { parseJson } from "./body.ts";

class OddError extends PlatformError {
  constructor(status: 422 | 503) {
    super({ status, code: "odd", detail: "It is odd." });
  }
}

const refuseOdd = (n: number) => {
  if (n % 2 === 1) throw new OddError(422);
  return n * 10;
};

describe("Batch", () => {
  it("keeps an item's error at its index, and processes the others", () => {
    expect(new Batch("array", [0, 1, 2]).map(refuseOdd).entries()).toEqual([
      0,
      { index: 1, error: { status: 422, code: "odd", detail: "It is odd." } },
      20,
    ]);
  });

  it("throws the error of a single item", () => {
    expect(() => new Batch("single", [1]).map(refuseOdd)).toThrow(OddError);
  });

  it("throws an error of a peer for the whole batch", () => {
    const work = () => {
      throw new OddError(503);
    };
    expect(() => new Batch("array", [0]).map(work)).toThrow(OddError);
  });

  it("keeps an unexpected error with its item", () => {
    const work = (n: number) => {
      if (n === 1) throw new TypeError("secret");
      return n;
    };
    expect(new Batch("ndjson", [0, 1]).map(work).entries()).toEqual([
      0,
      {
        index: 1,
        error: { status: 500, code: "internal_error", detail: "The function failed; its log says why." },
      },
    ]);
  });
});

describe("an item that is skipped or has nested items", () => {
  const several = new Batch<number>("array", [2, 3, new Skipped("limit")]);
  const batch = () => new Batch<number>("ndjson", [new Skipped("delete"), 4, several]).map(refuseOdd);

  it("is among the skipped items, even when nested", () => {
    expect(
      batch()
        .skipped()
        .map(({ reason }) => reason),
    ).toEqual(["delete", "limit"]);
  });
  const odd = { status: 422, code: "odd", detail: "It is odd." };

  it("has an entry at its index", () => {
    expect(batch().entries()).toEqual([
      { index: 0, skipped: "delete" },
      40,
      [20, { index: 1, error: odd }, { index: 2, skipped: "limit" }],
    ]);
  });

  it("has a remark when a nested item has no result", () => {
    expect(batch().remarks()).toEqual([
      { index: 0, skipped: "delete" },
      {
        index: 2,
        items: [
          { index: 1, error: odd },
          { index: 2, skipped: "limit" },
        ],
      },
    ]);
    expect(new Batch("ndjson", [new Batch("array", [2])]).remarks()).toEqual([]);
  });

  it("is mapped together with the others, with the index of the outermost item", async () => {
    const indexes: number[] = [];
    const doubled = await batch().mapTogether(async (items) => items.map((n) => n * 2));
    expect(doubled.map((n, index) => indexes.push(index) && n).values()).toEqual([80, 40]);
    expect(indexes).toEqual([1, 2]);
    expect(doubled.errors()).toHaveLength(1);
  });
});

describe("Batch.mapTogether", () => {
  const broken = new OddError(422);

  it("passes the items without an error, and puts the results at their indexes", async () => {
    const batch = new Batch<number>("array", [0, broken, 2, 3]);
    const doubled = await batch.mapTogether(async (items) => items.map((n) => (n === 2 ? broken : n * 2)));
    expect(doubled.items).toEqual([0, broken, broken, 6]);
  });

  it("makes no call without items", async () => {
    const work = () => Promise.reject(new Error("worked"));
    expect((await new Batch<number>("ndjson", [broken]).mapTogether(work)).items).toEqual([broken]);
  });

  it("throws the error of a single item, and an error that concerns all", async () => {
    const single = new Batch<number>("single", [1]);
    await expect(single.mapTogether(async () => [broken])).rejects.toBe(broken);
    const busy = new OddError(503);
    await expect(new Batch<number>("array", [1]).mapTogether(() => Promise.reject(busy))).rejects.toBe(busy);
  });
});

describe("parseJsonBatch", () => {
  it("reads an array as items, and anything else as a single item", () => {
    expect(parseJsonBatch(parseJson("[1,2]"), 10)).toMatchObject({ form: "array", items: [1, 2] });
    expect(parseJsonBatch(parseJson("[]"), 10)).toMatchObject({ form: "array", items: [] });
    expect(parseJsonBatch(parseJson('{"a":1}'), 10)).toMatchObject({ form: "single", items: [{ a: 1 }] });
  });

  it("refuses broken JSON and too many items", () => {
    expect(() => parseJsonBatch(parseJson("{"), 10)).toThrow(
      expect.objectContaining({ status: 400, code: "invalid_json" }),
    );
    expect(() => parseJsonBatch(parseJson("[1,2,3]"), 2)).toThrow(
      expect.objectContaining({ status: 413, code: "too_many_items" }),
    );
  });
});

describe("parseNdjsonBatch", () => {
  it("reads each line as an item, skips blank lines, and keeps the index of a broken one", () => {
    expect(parseNdjsonBatch('1\n\r\n{"a"\n3\r\n', 10).entries()).toEqual([
      1,
      { index: 1, error: { status: 400, code: "invalid_json", detail: "The body is not valid JSON." } },
      3,
    ]);
  });

  it("refuses too many lines", () => {
    expect(() => parseNdjsonBatch("1\n2\n3", 2)).toThrow(expect.objectContaining({ status: 413 }));
  });
});
