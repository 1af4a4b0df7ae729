import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { elasticsearchStore } from "@platform/gateway/console/documents/elasticsearch-store";
import { EmbeddedStore } from "@platform/gateway/embedded/embedded-store";
import { askElasticsearch } from "../../support/elasticsearch/ask-elasticsearch.ts";
import { documents, refresh } from "../../support/elasticsearch/documents.ts";
import { sampleTweets } from "../../support/functions/tweets.ts";
import { openConsole } from "../../support/gateway/console-stage.ts";
import type { RealConsole } from "../../support/gateway/real-console.ts";
import { httpCall } from "../../support/http/http-call.ts";
import { itKillsElasticsearch } from "../../support/it-kills.ts";
import { waitFor } from "../../support/wait-for.ts";
import { describeDocumentStores } from "./document-stores.ts";

const day = { length: 86_400_000, step: 600_000 };

/** Declares tests of the view Documents on a real Elasticsearch. */
export function describeDocumentsOfElasticsearch(stage: () => RealConsole): void {
  describeDocumentStores(() => stage().elasticsearch);

  it("aggregates the same documents to the same numbers on both stores", async () => {
    const { elasticsearch, gateway } = stage();
    // The creation times are distinct, so that the order is unique.
    const tweets = sampleTweets(300).map(({ json }, index) => ({
      ...JSON.parse(json),
      created_at: new Date(Date.UTC(2018, 9, 31, 23, 50, index)).toISOString(),
    }));
    const body = JSON.stringify([...tweets, "no author and no date, a perfect day"]);
    expect((await httpCall(`${gateway.url}/function/tweet-enrich`, { body })).status).toBe(200);
    await refresh(elasticsearch.url);
    const folder = mkdtempSync(join(tmpdir(), "store-"));
    const embedded = await EmbeddedStore.open(folder);
    const real = elasticsearchStore(elasticsearch.url, { SECRETS_DIR: folder });
    for await (const { _id: id, _index: index, _source: document } of documents(elasticsearch.url))
      embedded.add([{ id, index, document }]);
    const to = Math.ceil(Date.now() / 15_000) * 15_000;
    const window = { from: to - day.length, to, step: day.step };
    const expected = await real.summarize(window);
    expect(await embedded.summarize(window)).toEqual(expected);
    expect(expected.count).toBeGreaterThanOrEqual(301);
    await Promise.all([embedded.close(), real.close()]);
    rmSync(folder, { recursive: true });
  });

  it("reports the index that lacks the mapping, instead of omitting it", async () => {
    const { url } = stage().elasticsearch;
    const plain = { mappings: { properties: { Date: { type: "text" } } } };
    await askElasticsearch(url, "PUT", "sentiment-plain", plain);
    const document = { Date: new Date().toUTCString(), polarity: 1 };
    await askElasticsearch(url, "PUT", "sentiment-plain/_doc/1?refresh=true", document);
    try {
      await using opened = await openConsole(stage(), "documents");
      await opened.page.getByText("sentiment-index-template.json").waitFor();
    } finally {
      await askElasticsearch(url, "DELETE", "sentiment-plain");
    }
  });

  itKillsElasticsearch(
    "shows Elasticsearch's setting while it is down, keeps the list, and continues when it is back",
    async () => {
      const { elasticsearch, gateway } = stage();
      await using opened = await openConsole(stage(), "documents?author=user7");
      const { page } = opened;
      const texts = page.locator(".documents-text");
      await texts.first().waitFor();
      const before = await texts.allTextContents();
      await elasticsearch.kill();
      const { host } = new URL(elasticsearch.url);
      await page.getByText(`ELASTICSEARCH_URL: ${host} is out of reach or busy.`).waitFor();
      expect(await texts.allTextContents()).toEqual(before);
      await elasticsearch.start();
      await page.getByText(`ELASTICSEARCH_URL: ${host}`).waitFor({ state: "hidden" });
      const back = { id_str: "1", text: "It is back, how nice", user: { screen_name: "user7" } };
      await waitFor("tweet-enrich", async () => {
        const answer = await httpCall(`${gateway.url}/function/tweet-enrich`, { body: JSON.stringify(back) });
        return answer.status === 200;
      });
      await refresh(elasticsearch.url);
      await texts.filter({ hasText: "It is back, how nice" }).waitFor();
    },
    240_000,
  );
}
