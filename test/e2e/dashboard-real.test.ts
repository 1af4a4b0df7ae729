// needs: java go chromium
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { elasticsearchStore } from "@platform/gateway/dashboard/elasticsearch-store";
import { EmbeddedStore } from "@platform/gateway/embedded/embedded-store";
import type { Browser } from "playwright-core";
import { documents, refresh } from "../support/elasticsearch/documents.ts";
import {
  hasElasticsearch,
  type StartedElasticsearch,
  startElasticsearch,
} from "../support/elasticsearch/elasticsearch.ts";
import { hasGo } from "../support/ethereum/geth-binaries.ts";
import { type StartedNode, startGethDev } from "../support/ethereum/geth-dev.ts";
import { knownTweets } from "../support/functions/tweets.ts";
import { hasChromium, startBrowser } from "../support/gateway/browser.ts";
import { openDashboard } from "../support/gateway/dashboard-page.ts";
import { type StartedGateway, startGateway } from "../support/gateway/gateway.ts";
import { httpCall } from "../support/http/http-call.ts";
import { itKillsElasticsearch } from "../support/it-kills.ts";
import { putTemplates } from "../support/kafka/stream.ts";
import { requireService } from "../support/require-service.ts";
import { waitFor } from "../support/wait-for.ts";

jest.setTimeout(120_000);

/** Tweets of which each was created at a time of its own: by that the newest are told apart. */
const tweets = (count: number, from = 0) =>
  knownTweets(count, from).map(({ json }, place) => {
    const createdAt = new Date(Date.UTC(2018, 9, 31, 23, 50, from + place));
    return JSON.stringify({ ...JSON.parse(json), created_at: createdAt.toISOString() });
  });

const services = hasElasticsearch() && hasGo() && hasChromium;

requireService("Elasticsearch (Maven, Java, or ELASTICSEARCH_URL), Geth and Chromium", services, () => {
  let elasticsearch: StartedElasticsearch;
  let geth: StartedNode;
  let gateway: StartedGateway;
  let browser: Browser;
  beforeAll(async () => {
    [elasticsearch, geth] = await Promise.all([startElasticsearch(), startGethDev()]);
    await putTemplates(elasticsearch.url);
    const env = { ELASTICSEARCH_URL: elasticsearch.url, GETH_RPC_ENDPOINT: geth.url, POSTS: "" };
    gateway = await startGateway({ env });
    browser = await startBrowser();
  }, 600_000);
  afterAll(async () => {
    await browser?.close();
    await gateway?.[Symbol.asyncDispose]();
    await Promise.all([elasticsearch?.[Symbol.asyncDispose](), geth?.[Symbol.asyncDispose]()]);
  });

  const open = () => openDashboard(browser, gateway.url);

  /** Sends tweets to tweet-enrich. */
  async function send(bodies: readonly string[]): Promise<void> {
    const body = `[${bodies.join()}]`;
    const answer = await httpCall(`${gateway.url}/function/tweet-enrich`, { body });
    expect(answer.status).toBe(200);
    await refresh(elasticsearch.url);
  }

  it("shows what is in Elasticsearch and on Geth's chain, and invents nothing", async () => {
    await using dashboard = await open();
    const { page, figure, complaints } = dashboard;
    await page.locator("#no-posts").waitFor();
    await send(tweets(300));
    await page.locator("#newest li").first().waitFor();
    await waitFor("all documents", async () => (await figure("Documents")) === "300");
    expect(await page.locator("#origin").textContent()).toBe("Real: the functions, Ethereum, Elasticsearch.");
    expect(await page.locator("#health").textContent()).toContain(new URL(elasticsearch.url).host);
    const block = await figure("Latest block");
    await waitFor("another block", async () => (await figure("Latest block")) !== block);
    expect(await figure("Peers")).toBe("0");
    expect(await page.getByRole("button", { name: /Send 1 ether/ }).count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  it("shows the same numbers of the same documents, wherever they are", async () => {
    await send(tweets(300, 300));
    await send([JSON.stringify("no author and no date, a perfect day")]);
    const folder = mkdtempSync(join(tmpdir(), "store-"));
    const embedded = await EmbeddedStore.open(folder);
    const real = elasticsearchStore(elasticsearch.url, { SECRETS_DIR: folder });
    for await (const { _id: id, _index: index, _source: document } of documents(elasticsearch.url)) {
      expect(embedded.add([{ id, index, document }])).toEqual(["created"]);
    }
    const to = Math.ceil(Date.now() / 15_000) * 15_000;
    for (const [length, step] of [
      [3_600_000, 15_000],
      [86_400_000, 600_000],
      [10, 1],
    ] as const) {
      const window = { from: to - length, to, step };
      const [ofEmbedded, ofReal] = [await embedded.summarize(window), await real.summarize(window)];
      expect(ofEmbedded).toEqual(ofReal);
      expect(ofReal.count).toBe(length === 10 ? 0 : 601);
    }
    await Promise.all([embedded.close(), real.close()]);
    rmSync(folder, { recursive: true });
  });

  it("says which index lacks the mapping, rather than leave it out", async () => {
    const index = `${elasticsearch.url}/sentiment-plain`;
    const put = (url: string, body: object) =>
      httpCall(url, {
        method: "PUT",
        body: JSON.stringify(body),
        headers: { "content-type": "application/json" },
      });
    await put(index, { mappings: { properties: { Date: { type: "text" } } } });
    await put(`${index}/_doc/1?refresh=true`, { Date: new Date().toUTCString(), polarity: 1 });
    const real = elasticsearchStore(elasticsearch.url, { SECRETS_DIR: "/nowhere" });
    const to = Date.now();
    await expect(real.summarize({ from: to - 1_000, to, step: 1 })).rejects.toThrow(
      /sentiment-index-template\.json/,
    );
    await real.close();
    await httpCall(index, { method: "DELETE" });
  });

  itKillsElasticsearch(
    "names Elasticsearch's setting while it is away, keeps the figures, and goes on when it is back",
    async () => {
      await using dashboard = await open();
      const { page, figure } = dashboard;
      await waitFor("all documents", async () => (await figure("Documents")) === "601");
      await elasticsearch.kill();
      await page.locator("#sentiment .problem", { hasText: "Elasticsearch does not answer" }).waitFor();
      expect(await page.locator("#sentiment .problem").textContent()).toContain(
        `ELASTICSEARCH_URL: ${new URL(elasticsearch.url).host} is out of reach or busy.`,
      );
      expect(await figure("Documents")).toBe("601");
      const failed = await dashboard.invoke("tweet-enrich", "A tweet");
      expect(failed.status).toMatch(/^503 /);
      await elasticsearch.start();
      await page.locator("#sentiment .problem").waitFor({ state: "hidden" });
      await send([JSON.stringify("It is back, how nice")]);
      await page.locator("#newest li .text", { hasText: "It is back, how nice" }).waitFor();
    },
  );
});
