import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type StartedHttpServer, startHttpServer } from "@platform/shared/service/http-server";
import { problemHandler } from "@platform/shared/service/problem-response";
import express from "express";
import { httpCall } from "../../../../../test/support/http/http-call.ts";
import { EmbeddedStore } from "../../embedded/embedded-store.ts";
import { documentsRoutes } from "./documents-routes.ts";

const folder = mkdtempSync(join(tmpdir(), "documents-"));
const count = 2_100;
let store: EmbeddedStore;
let server: StartedHttpServer;
beforeAll(async () => {
  store = await EmbeddedStore.open(folder);
  store.add(Array.from({ length: count }, (_, number) => post(number)));
  const app = express().use(
    "/documents",
    documentsRoutes(() => store),
  );
  app.use(problemHandler("test", console.error));
  server = await startHttpServer({ app, host: "127.0.0.1", port: 0 });
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await store.close();
  rmSync(folder, { recursive: true });
});

const noon = Date.UTC(2026, 0, 31, 12);

/** One post per second. Post 0 is kind, post 1 a formula; the others have their number as text. */
function post(number: number) {
  const document = {
    "twitter.msg": ["People are very kind. It is not good!", "=1+1"][number] ?? `number ${number}`,
    "twitter.handle": number === 1 ? "@cmd" : "ada",
    "twitter.user": null,
    "twitter.created_at": null,
    polarity: number === 0 ? 0.125 : 0,
    subjectivity: 0.5,
    sentence_count: 1,
    Date: new Date(noon + number * 1_000).toUTCString(),
  };
  return { index: "sentiment-2026-01", id: `at://x/${number}`, document };
}

const get = async (path: string) => {
  const { status, body, headers } = await httpCall(`${server.url}/documents${path}`);
  return { status, body, headers };
};
const getJson = async (path: string) => JSON.parse((await get(path)).body);

it("returns each document once in pages, newest first", async () => {
  const first = await getJson("?size=500&q=number");
  expect([first.total, first.documents[0].text]).toEqual([count - 2, `number ${count - 1}`]);
  const texts = first.documents.map(({ text }: { text: string }) => text);
  for (let { next } = first; next !== null; ) {
    const page = await getJson(`?size=500&q=number&cursor=${next}`);
    texts.push(...page.documents.map(({ text }: { text: string }) => text));
    next = page.next;
  }
  expect(new Set(texts).size).toBe(count - 2);
  expect(texts).toHaveLength(count - 2);
});

it("filters by author, scores and time", async () => {
  const total = async (query: string) => (await getJson(`?${query}`)).total;
  expect(await total("author=@ADA")).toBe(count - 1);
  expect(await total("polarityMin=0.1")).toBe(1);
  expect(await total("polarityMin=0&polarityBelow=0.125")).toBe(count - 1);
  expect(await total("subjectivityBelow=0.5")).toBe(0);
  expect(await total("from=2026-01-31T12:00:10Z&to=2026-01-31T12:00:20Z")).toBe(10);
  expect(await total("q=good&author=ada&polarityMin=0")).toBe(1);
});

it("summarizes the matching documents", async () => {
  const { polarity, ...summary } = await getJson("/summary?q=kind");
  expect(summary).toMatchObject({ count: 1, meanPolarity: 0.125, meanSubjectivity: 0.5 });
  expect(polarity).toHaveLength(20);
  expect(polarity[11]).toEqual({ from: 0.1, count: 1 });
});

it("returns a whole document with the words of its score", async () => {
  const path = `/sentiment-2026-01/${encodeURIComponent("at://x/0")}`;
  const { document, analysis } = await getJson(path);
  expect(document).toEqual(post(0).document);
  expect(analysis.isStoredScore).toBe(false);
  expect(analysis.sentences.map(({ text }: { text: string }) => text)).toEqual([
    "People are very kind.",
    "It is not good!",
  ]);
  expect(analysis.sentences[1].assessments).toMatchObject([{ words: ["not", "good", "!"], label: null }]);
  expect(await get("/sentiment-2026-01/nobody")).toMatchObject({ status: 404 });
});

it("exports all matching documents, without formulas", async () => {
  const ndjson = await get("/export?format=ndjson");
  expect(ndjson.headers["content-type"]).toBe("application/x-ndjson");
  expect(ndjson.headers["content-disposition"]).toMatch(/^attachment; filename="documents-.*\.ndjson"$/);
  const lines = ndjson.body
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(lines).toHaveLength(count);
  expect(lines[0]).toEqual({
    _index: "sentiment-2026-01",
    _id: `at://x/${count - 1}`,
    ...post(count - 1).document,
  });
  const csv = await get("/export?format=csv&polarityBelow=0.1&q=1&order=asc");
  const [head, formula] = csv.body.split("\r\n");
  expect(head).toBe(
    '"index","id","scored","created","author","user","text","polarity","subjectivity","sentences"',
  );
  expect(formula).toBe(`"sentiment-2026-01","at://x/1","2026-01-31T12:00:01.000Z",,"'@cmd",,"'=1+1",0,0.5,1`);
});

it.each([
  ["?colour=red", 'Unknown query parameter "colour"; allowed: q, author'],
  ["?q=a&q=b", 'The parameter "q" must be given once.'],
  ["?q=kind*", "The search is wrong at character 5"],
  ["?size=501", "from 1 to 500"],
  ["?sort=text", "scored, created, polarity, subjectivity"],
  ["?order=up", "asc or desc"],
  ["?last=2h", "15m, 1h, 24h, 7d, 30d"],
  ["?last=1h&to=2026", "without from and to"],
  ["?from=noon", "a time such as"],
  ["?polarityMin=high", "a number such as -0.5"],
  ["?cursor=abc", "cursor: must be the value of `next`"],
  ["?cursor=WzFd", "cursor: must be the value of `next`"],
  ["/export?format=xlsx", "csv or ndjson"],
  ["/export?format=constructor", "csv or ndjson"],
  ["/summary?sort=scored", 'Unknown query parameter "sort"'],
])("refuses %s", async (path, sentence) => {
  const { status, body } = await get(path);
  expect([status, JSON.parse(body).detail]).toEqual([400, expect.stringContaining(sentence)]);
});
