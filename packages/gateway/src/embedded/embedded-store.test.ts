import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import LibSql from "libsql";
import { parseSearch } from "../console/documents/search/parse-search.ts";
import { EmbeddedStore } from "./embedded-store.ts";

const folder = mkdtempSync(join(tmpdir(), "store-"));
let store: EmbeddedStore;
beforeAll(async () => {
  store = await EmbeddedStore.open(folder);
});
afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const scoredAt = Date.UTC(2026, 0, 31, 12);
const minute = 60_000;

/** A document that was scored some minutes after noon. */
function scored(id: string, polarity: number, minutes = 0) {
  const document = {
    "twitter.created_at": null,
    "twitter.handle": id,
    "twitter.msg": `text of ${id}`,
    "twitter.user": null,
    polarity,
    subjectivity: 0.5,
    sentence_count: 1,
    Date: new Date(scoredAt + minutes * minute).toUTCString(),
  };
  return { index: "sentiment-2026-01", id, document };
}

const summarize = (from: number, to: number) =>
  store.summarize({ from: scoredAt + from * minute, to: scoredAt + to * minute, step: minute });

it("summarizes the documents of a time window only", async () => {
  expect(store.add([scored("a", 0.5), scored("b", -0.25, 1), scored("c", 1, 1), scored("d", -1, 5)])).toEqual(
    ["created", "created", "created", "created"],
  );
  expect(await summarize(-1, 1)).toMatchObject({
    count: 3,
    mean: 0.416667,
    histogram: [
      { from: -1, count: 0 },
      { from: -0.5, count: 1 },
      { from: 0, count: 0 },
      { from: 0.5, count: 1 },
      { from: 1, count: 1 },
    ],
    overTime: [
      { time: scoredAt, count: 1, mean: 0.5 },
      { time: scoredAt + minute, count: 2, mean: 0.375 },
    ],
  });
  // The start of a window is exclusive, its end inclusive.
  expect((await summarize(0, 5)).count).toBe(3);
});

it("returns the newest first, with truncated texts", async () => {
  const long = scored("e", 0, 9);
  long.document["twitter.msg"] = `${"x".repeat(499)}🚀`;
  store.add([long]);
  const { newest } = await summarize(0, 10);
  expect(newest.map(({ handle }) => handle)).toEqual(["e", "d", "b", "c"]);
  expect(newest[0]).toEqual({
    index: "sentiment-2026-01",
    id: "e",
    handle: "e",
    user: null,
    text: `${"x".repeat(499)}…`,
    polarity: 0,
    subjectivity: 0.5,
    time: scoredAt + 9 * minute,
  });
});

it("keeps stored documents across a restart", async () => {
  await store.close();
  store = await EmbeddedStore.open(folder);
  expect(store.add([scored("a", -1), { ...scored("a", -1), index: "sentiment-2026-02" }])).toEqual([
    { currentVersion: 1 },
    "created",
  ]);
  expect(await summarize(-1, 0)).toMatchObject({ count: 2, mean: -0.25 });
});

it("keeps the newest version of a document, in either order", async () => {
  const scoredVersion = (version: number | undefined, polarity: number) => ({
    ...scored("v", polarity, 700),
    version,
  });
  const versions = [
    scoredVersion(5, 0.5),
    scoredVersion(3, -1),
    scoredVersion(5, -1),
    scoredVersion(undefined, -1),
  ];
  expect(store.add(versions)).toEqual([
    "created",
    { currentVersion: 5 },
    { currentVersion: 5 },
    { currentVersion: 5 },
  ]);
  expect(store.add([scoredVersion(7, 1), { ...scored("a", 0.75, 701), version: 2 }])).toEqual([
    "updated",
    "updated",
  ]);
  expect(await summarize(699, 702)).toMatchObject({ count: 2, mean: 0.875 });
  store.add([{ ...scored("a", 0.5), version: 3 }]);
});

it("stores a document with numbers beyond the range of the columns", async () => {
  const odd = scored("odd", 0, 900);
  const document = { ...odd.document, "X-Start-Time": 1e300, sentence_count: -1e300 };
  expect(store.add([{ ...odd, document }])).toEqual(["created"]);
  expect(await store.read(odd)).toEqual(document);
  store.delete(odd);
});

it("finds documents by their ids in all indexes, and deletes them", () => {
  store.add([scored("twice", 0, 800), { ...scored("twice", 0, 800), index: "sentiment-undated" }]);
  const documents = store.find(["twice", "never"]);
  expect(documents.map(({ index }) => index).sort()).toEqual(["sentiment-2026-01", "sentiment-undated"]);
  expect(documents.map((key) => store.delete(key))).toEqual([true, true]);
  expect(store.delete(documents[0]!)).toBe(false);
  expect(store.find(["twice"])).toEqual([]);
});

it("opens the store of version 0.1.0, whose documents have version 1", async () => {
  const old = mkdtempSync(join(tmpdir(), "store-0.1.0-"));
  const database = new LibSql(join(old, "sentiment.db"));
  database.exec(`create table document (
    "index" text not null, id text not null, scored integer not null, started integer, created integer,
    handle text, polarity real, json text not null, primary key ("index", id)) strict, without rowid;
    insert into document values ('sentiment-2026-01', 'a', 1, null, null, 'a', 0.5, '{}');`);
  database.close();
  for (const expected of [
    ["updated", { currentVersion: 1 }],
    [{ currentVersion: 2 }, { currentVersion: 1 }],
  ]) {
    const upgraded = await EmbeddedStore.open(old);
    const added = upgraded.add([
      { ...scored("a", 1), version: 2 },
      ...(expected[0] === "updated" ? [scored("b", 0), scored("b", 0)] : [scored("b", 0)]),
    ]);
    expect([added[0], added.at(-1)]).toEqual(expected);
    await upgraded.close();
  }
  rmSync(old, { recursive: true });
});

it("indexes the documents of an older version's store for all searches", async () => {
  const old = mkdtempSync(join(tmpdir(), "store-old-"));
  const database = new LibSql(join(old, "sentiment.db"));
  database.exec(`create table document (
    "index" text not null, id text not null, scored integer not null, started integer, created integer,
    handle text, polarity real, json text not null, version integer not null default 1,
    primary key ("index", id)) strict, without rowid;
    create index document_scored on document (scored);`);
  const insert = database.prepare("insert into document values (?, ?, ?, null, null, ?, ?, ?, 7)");
  for (let number = 0; number < 1_500; number += 1) {
    const { index, id, document } = scored(`old-${number}`, 0.5);
    insert.run([index, id, scoredAt, id, 0.5, JSON.stringify(document)]);
  }
  database.close();
  const upgraded = await EmbeddedStore.open(old);
  const condition = parseSearch('"text of old" NOT author:old-3 subjectivity:0.5');
  const { total } = await upgraded.search({ condition, sort: "scored", isDescending: true, size: 10 });
  expect(total).toBe(1_499);
  expect(upgraded.add([{ ...scored("old-3", 1), version: 7 }])).toEqual([{ currentVersion: 7 }]);
  await upgraded.close();
  rmSync(old, { recursive: true });
});

it("stores a batch atomically", async () => {
  const before = (await summarize(-1, 60)).count;
  const broken = { ...scored("z", 0), index: undefined as unknown as string };
  expect(() => store.add([scored("y", 0), broken])).toThrow();
  expect((await summarize(-1, 60)).count).toBe(before);
});

it("removes only old invented documents", async () => {
  store.add([scored("invented-1", 0, -60), scored("mine", 0, -60), scored("invented-2", 0, 20)]);
  store.forget("invented-", scoredAt);
  const { newest } = await summarize(-90, 20);
  expect(newest.map(({ handle }) => handle)).toEqual(expect.arrayContaining(["invented-2", "mine"]));
  expect(newest.map(({ handle }) => handle)).not.toContain("invented-1");
});

it("is empty at first, without a mean", async () => {
  expect(await summarize(-9_000, -8_000)).toMatchObject({ count: 0, mean: null, overTime: [], newest: [] });
});

it("names a file that it cannot use", async () => {
  await expect(EmbeddedStore.open("/dev/null")).rejects.toThrow(
    /cannot use the embedded store \/dev\/null\/sentiment\.db: .*ELASTICSEARCH_URL/,
  );
});
