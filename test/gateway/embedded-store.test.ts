import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startBulkServer } from "@platform/gateway/embedded/bulk-server";
import { EmbeddedStore } from "@platform/gateway/embedded/embedded-store";
import { startTweetEnrich } from "../support/functions/tweet-enrich.ts";

jest.setTimeout(60_000);

const status = (text: string, editedAt: string | null) => ({
  uri: "https://example.social/users/ada/statuses/1",
  content: `<p>${text}</p>`,
  created_at: "2018-10-10T20:19:24.000Z",
  edited_at: editedAt,
  account: { acct: "ada", display_name: "Ada Lovelace" },
});

it("stores edits and applies deletions of tweet-enrich like Elasticsearch", async () => {
  const folder = mkdtempSync(join(tmpdir(), "embedded-"));
  const store = await EmbeddedStore.open(folder);
  await using server = await startBulkServer(store);
  await using enrich = await startTweetEnrich({ ELASTICSEARCH_URL: server.url, APPLY_DELETIONS: "true" });
  const newest = async () =>
    (await store.summarize({ from: 0, to: Date.now() + 60_000, step: 60_000 })).newest.map(
      ({ text }) => text,
    );

  const edited = status("People are kind", "2018-10-10T21:00:00.000Z");
  for (const version of [status("It is bad", null), edited, status("It is bad", null)])
    expect((await enrich.send(version)).status).toBe(200);
  expect(await newest()).toEqual(["People are kind"]);

  expect((await enrich.send({ id_str: "7", text: "Soon gone" })).status).toBe(200);
  expect(await newest()).toHaveLength(2);
  const notice = { delete: { status: { id_str: "7" } } };
  expect(await enrich.send(notice)).toEqual({ status: 200, body: { skipped: "delete" } });
  expect(await newest()).toEqual(["People are kind"]);

  await store.close();
  rmSync(folder, { recursive: true });
});
