import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DocumentStore, FoundDocuments } from "@platform/gateway/console/documents/document-store";
import { elasticsearchStore } from "@platform/gateway/console/documents/elasticsearch-store";
import { parseSearch } from "@platform/gateway/console/documents/search/parse-search";
import { standardTokens } from "@platform/gateway/console/documents/search/standard-tokens";
import { type SortField, sortFields } from "@platform/gateway/console/documents/view";
import { EmbeddedStore } from "@platform/gateway/embedded/embedded-store";
import { askElasticsearch } from "../../support/elasticsearch/ask-elasticsearch.ts";
import { createRandom, generatedDocuments, generatedSearch, generatedText } from "./generated-documents.ts";

const indexes = ["sentiment-2026-01", "sentiment-2026-02"] as const;
const inTestIndexes = `(index:${indexes[0]} OR index:${indexes[1]})`;

/** Searches that once failed, or that users are likely to try. */
const searches = [
  "",
  "don't",
  "DON’T OR café",
  '"good morning"',
  '"morning good"',
  "#kind @ada",
  "日本",
  "日本 OR カタカナ",
  "👍 NOT 👍🏽",
  "İstanbul OR Σ OR ΟΔΟΣ",
  "author:Ada",
  "author:(ada OR BOB)",
  'user:"ada lovelace"',
  "NOT author:ada",
  "polarity:>0.3",
  "polarity:[0.3 TO 0.7]",
  "polarity:{0.3 TO 0.7}",
  "NOT polarity:<=0.7",
  "polarity:0.1",
  "subjectivity:[* TO 0.5} sentences:>=2",
  "sentences:1.5",
  "scored:2026-01-31",
  "scored:>2026-01-31T12:00:00Z",
  "created:[2026-01-30 TO 2026-01-31]",
  "created:[* TO *]",
  "id:7",
  "good OR bad AND kind",
  "(good OR bad) AND NOT (kind OR #day)",
  "don.t 3.5 3,5",
];

/** Declares tests that Elasticsearch and the embedded store find the same documents in the same order, for any page size. */
export function describeDocumentStores(elasticsearch: () => { url: string }): void {
  describe("both stores of documents", () => {
    const folder = mkdtempSync(join(tmpdir(), "stores-"));
    let embedded: EmbeddedStore;
    let real: DocumentStore;
    beforeAll(async () => {
      const { url } = elasticsearch();
      real = elasticsearchStore(url, { SECRETS_DIR: folder });
      embedded = await EmbeddedStore.open(folder);
      const documents = generatedDocuments(300, indexes);
      embedded.add(documents);
      await fillElasticsearch(url, documents);
    });
    afterAll(async () => {
      await Promise.all([embedded?.close(), real?.close()]);
      for (const index of indexes) await askElasticsearch(elasticsearch().url, "DELETE", index);
      rmSync(folder, { recursive: true });
    });

    async function compare(text: string, sort: SortField, isDescending: boolean, size: number) {
      const condition = parseSearch(text === "" ? inTestIndexes : `(${text}) AND ${inTestIndexes}`);
      const search = { condition, sort, isDescending, size };
      const [expected, actual] = [await allPages(real, search), await allPages(embedded, search)];
      expect({ text, ...expected }).toEqual({ text, ...actual });
      expect(await real.summarizeMatches(condition)).toEqual(await embedded.summarizeMatches(condition));
      return expected.total;
    }

    it("find the same documents in the same order", async () => {
      const totals: number[] = [];
      for (const [index, text] of searches.entries())
        totals.push(await compare(text, sortFields[index % 4]!, index % 3 > 0, 150));
      expect(totals.filter((total) => total > 0).length).toBeGreaterThan(searches.length * 0.7);
    });

    it.each(sortFields)("page through the same documents, sorted by %s", async (sort) => {
      await compare("", sort, true, 13);
      await compare("", sort, false, 29);
    });

    it("find the same documents for generated searches", async () => {
      const random = createRandom(25);
      let hits = 0;
      for (let round = 0; round < 60; round += 1) {
        const sort = sortFields[Math.floor(random() * sortFields.length)]!;
        hits += await compare(generatedSearch(random), sort, random() < 0.5, 150);
      }
      expect(hits).toBeGreaterThan(500);
    });

    it("split texts into the same tokens", async () => {
      const random = createRandom(7);
      const texts = Array.from({ length: 1_000 }, () => generatedText(random).replaceAll("\n", " "));
      const { tokens } = (await askElasticsearch(elasticsearch().url, "POST", "_analyze", {
        analyzer: "standard",
        text: texts.join("\n"),
      })) as { tokens: { token: string }[] };
      expect(texts.flatMap(standardTokens)).toEqual(tokens.map(({ token }) => token));
    });
  });
}

/** Returns all pages of a search. */
async function allPages(
  store: DocumentStore,
  search: Omit<Parameters<DocumentStore["search"]>[0], "cursor">,
) {
  const keys: string[] = [];
  let page: FoundDocuments | undefined;
  do {
    page = await store.search({ ...search, ...(page?.next && { cursor: page.next }) });
    keys.push(...page.documents.map(({ index, id }) => `${index}/${id}`));
    expect(keys.length).toBeLessThanOrEqual(page.total);
  } while (page.next !== null);
  expect(keys.length).toBe(page.total);
  return { keys, total: page.total };
}

async function fillElasticsearch(url: string, documents: ReturnType<typeof generatedDocuments>) {
  const lines = documents.flatMap(({ index, id, document }) => [
    JSON.stringify({ create: { _index: index, _id: id } }),
    JSON.stringify(document),
  ]);
  const response = await fetch(`${url}/_bulk?refresh=true`, {
    method: "POST",
    headers: { "content-type": "application/x-ndjson" },
    body: `${lines.join("\n")}\n`,
  });
  const answer = (await response.json()) as { errors: boolean };
  expect(JSON.stringify(answer).slice(0, answer.errors ? 2_000 : 0)).toBe("");
}
