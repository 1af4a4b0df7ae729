import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Client } from "@elastic/elasticsearch";
import { deleteDocuments } from "@platform/shared/elasticsearch/delete-documents";
import type { StartedHttpServer } from "@platform/shared/service/http-server";
import { httpCall } from "../../../../test/support/http/http-call.ts";
import { startBulkServer } from "./bulk-server.ts";
import { EmbeddedStore } from "./embedded-store.ts";

const folder = mkdtempSync(join(tmpdir(), "bulk-"));
let store: EmbeddedStore;
let server: StartedHttpServer;
beforeAll(async () => {
  store = await EmbeddedStore.open(folder);
  server = await startBulkServer(store);
});
afterAll(async () => {
  await server[Symbol.asyncDispose]();
  await store.close();
  rmSync(folder, { recursive: true });
});

const create = { create: { _index: "sentiment-2026-01", _id: "1" } };
const document = { polarity: 0.5, subjectivity: 0.5, Date: "Sat, 31 Jan 2026 12:00:00 GMT" };
const type = "application/vnd.elasticsearch+x-ndjson";
const count = async () => (await store.summarize({ from: 0, to: Date.now(), step: 1 })).count;

it("accepts requests of Elasticsearch's client, and reports existing documents", async () => {
  const client = new Client({ node: server.url });
  const bulk = async () => {
    const { errors, items } = await client.bulk({ operations: [create, document] });
    return [errors, items.map((item) => item.create?.status)];
  };
  expect(await bulk()).toEqual([false, [201]]);
  expect(await bulk()).toEqual([true, [409]]);
  expect(await count()).toBe(1);
  await client.close();
});

it("replaces a document by a newer external version", async () => {
  const client = new Client({ node: server.url });
  const index = (version: number) => [
    { index: { _index: "sentiment-2026-01", _id: "versioned", version, version_type: "external" as const } },
    document,
  ];
  const { items } = await client.bulk({ operations: [...index(5), ...index(3), ...index(7)] });
  expect(items.map(({ index: item }) => [item?.status, item?.error?.reason])).toEqual([
    [201, undefined],
    [409, expect.stringContaining("current version [5]")],
    [200, undefined],
  ]);
  await client.close();
});

it("deletes documents by their ids", async () => {
  const client = new Client({ node: server.url });
  const before = await count();
  await client.bulk({ operations: [{ create: { _index: "sentiment-undated", _id: "gone" } }, document] });
  const deleted = () => deleteDocuments(client, { ids: { values: ["gone", "never"] } });
  expect([...(await deleted())]).toEqual([["sentiment-undated", 1]]);
  expect([...(await deleted())]).toEqual([]);
  expect(await count()).toBe(before);
  await client.close();
});

it.each([
  ["an action without a version", type, [{ index: { _index: "sentiment-2026-01", _id: "2" } }, document]],
  ["another action", type, [{ update: { _index: "sentiment-2026-01", _id: "2" } }, document]],
  ["an action without a document", type, [create]],
  ["no id", type, [{ create: { _index: "sentiment-2026-01" } }, document]],
  ["a content type that foreign pages may send", "text/plain", [create, document]],
])("refuses %s, and stores nothing", async (_, contentType, lines) => {
  const before = await count();
  const body = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  const answer = await httpCall(`${server.url}/_bulk`, { body, headers: { "content-type": contentType } });
  expect(answer.status).toBe(400);
  expect(await count()).toBe(before);
});
