// needs: java
import { askElasticsearch } from "../support/elasticsearch/ask-elasticsearch.ts";
import { type StartedElasticsearch, startElasticsearch } from "../support/elasticsearch/elasticsearch.ts";
import { startTweetEnrich } from "../support/functions/tweet-enrich.ts";
import { hasMaven } from "../support/java/maven.ts";
import { type StartedKafka, startKafka } from "../support/kafka/kafka.ts";
import { putTemplates } from "../support/kafka/stream.ts";
import { readTopic } from "../support/kafka/topic-messages.ts";
import { requireService } from "../support/require-service.ts";

const minute = 60_000;
jest.setTimeout(minute);

/** A version of a Mastodon status. */
const status = (id: string, text: string, editedAt: string | null = null) => ({
  uri: `https://example.social/users/ada/statuses/${id}`,
  content: `<p>${text}</p>`,
  created_at: "2018-10-10T20:19:24.000Z",
  edited_at: editedAt,
  account: { acct: "ada", display_name: "Ada Lovelace" },
});
const first = (id: string) => status(id, "It is bad");
const second = (id: string) => status(id, "It is good", "2018-10-10T21:00:00.000Z");
const third = (id: string) => status(id, "People are kind", "2018-10-11T07:00:00.000Z");

const post = (id: string, createdAt: string) => ({ id, text: "People are kind", created_at: createdAt });
const formatYear = (year: number) => String(year).padStart(4, "0");

requireService("Maven and Java", hasMaven(), () => {
  let elasticsearch: StartedElasticsearch;
  let kafka: StartedKafka;
  beforeAll(async () => {
    elasticsearch = await startElasticsearch({ settings: {} });
    kafka = await startKafka();
    await putTemplates(elasticsearch.url);
    await kafka.makeTopics(["versions", "repeated", "undated", "deletions"]);
  }, 5 * minute);
  afterAll(async () => {
    await kafka?.[Symbol.asyncDispose]();
    await elasticsearch?.[Symbol.asyncDispose]();
  }, minute);

  const ask = (method: string, path: string, body?: unknown) =>
    askElasticsearch(elasticsearch.url, method, path, body);
  const readText = async ({ uri }: { uri: string }) =>
    (await ask("GET", `sentiment-2018-10/_doc/${encodeURIComponent(uri)}`))._source?.["twitter.msg"];
  const indexes = async (): Promise<string[]> =>
    (await ask("GET", "_cat/indices/sentiment-*?format=json&h=index")).map(
      ({ index }: { index: string }) => index,
    );
  const countDocuments = async (query: object): Promise<number> => {
    await ask("POST", "sentiment-*/_refresh");
    return (await ask("POST", "sentiment-*/_count", { query })).count;
  };
  const start = (topic: string, env: Record<string, string> = {}) =>
    startTweetEnrich({
      ELASTICSEARCH_URL: elasticsearch.url,
      KAFKA_BROKERS: kafka.brokers,
      KAFKA_TOPIC: topic,
      ...env,
    });
  /** The texts under a key in the order of the topic; null for a tombstone. */
  const written = async (topic: string, key: string) =>
    (await readTopic(kafka.brokers, topic))
      .filter((message) => message.key === key)
      .map(({ value }) => (value === undefined ? null : JSON.parse(value)["twitter.msg"]));

  describe("an edited post", () => {
    it("replaces the older version, in successive calls", async () => {
      await using enrich = await start("versions");
      for (const version of [first("a"), third("a")]) {
        expect(await enrich.send(version)).toMatchObject({ status: 200 });
      }
      expect(await readText(first("a"))).toBe("People are kind");
      expect(await written("versions", first("a").uri)).toEqual(["It is bad", "People are kind"]);
    });

    it("is not replaced by an older version that arrives late", async () => {
      await using enrich = await start("versions");
      await enrich.send(third("b"));
      const before = await ask("GET", `sentiment-2018-10/_doc/${encodeURIComponent(first("b").uri)}`);
      const late = await enrich.send([second("b"), first("b")]);
      expect(late).toMatchObject({
        status: 200,
        body: [{ "twitter.msg": "It is good" }, { "twitter.msg": "It is bad" }],
      });
      expect(await ask("GET", `sentiment-2018-10/_doc/${encodeURIComponent(first("b").uri)}`)).toEqual(
        before,
      );
      expect(await written("versions", first("b").uri)).toEqual(["People are kind"]);
    });

    it.each([
      ["in order", "c", [first("c"), second("c"), third("c")]],
      ["in the other order", "d", [third("d"), second("d"), first("d")]],
      ["mixed", "e", [second("e"), third("e"), first("e")]],
    ])("wins within a call, %s", async (_, id, versions) => {
      await using enrich = await start("versions");
      expect((await enrich.send(versions)).status).toBe(200);
      expect(await readText(first(id))).toBe("People are kind");
      expect(await written("versions", first(id).uri)).toEqual(["People are kind"]);
    });

    it("is counted by its outcome, and by the messages that Kafka has stored", async () => {
      await using enrich = await start("versions");
      await enrich.send([first("m"), first("n")]);
      await enrich.send([third("m"), second("m")]);
      const metrics = await (await fetch(`${enrich.url}/metrics`)).text();
      const label = 'function="tweet-enrich"';
      for (const [result, count] of Object.entries({ created: 2, updated: 1, conflict: 1 }))
        expect(metrics).toContain(`tweet_enrich_bulk_items_total{result="${result}",${label}} ${count}\n`);
      expect(metrics).toContain(`tweet_enrich_bulk_duration_seconds_count{${label}} 2\n`);
      expect(metrics).toContain(`sentiment_engine_duration_seconds_count{${label}} 2\n`);
      expect(metrics).toContain(`tweet_enrich_published_total{topic="versions",${label}} 3\n`);
    });

    it("is written to Kafka again when the call is repeated, in the same version", async () => {
      await using enrich = await start("repeated");
      await enrich.send(second("f"));
      await enrich.send(second("f"));
      expect(await written("repeated", first("f").uri)).toEqual(["It is good", "It is good"]);
      const { _version: version, _source: source } = await ask(
        "GET",
        `sentiment-2018-10/_doc/${encodeURIComponent(first("f").uri)}`,
      );
      expect(version).toBe(Date.UTC(2018, 9, 10, 21));
      expect(source["twitter.msg"]).toBe("It is good");
    });
  });

  describe("dates outside the plausible range", () => {
    it("share one index, whatever the year; the field keeps the date", async () => {
      await using enrich = await start("undated");
      const years = [...Array.from({ length: 200 }, (_, index) => 1 + index * 10), ...[2030, 2999, 9999]];
      const before = await indexes();
      const posts = years.map((year) => post(`year-${year}`, `${formatYear(year)}-06-15T12:00:00Z`));
      const { body } = await enrich.send(posts);
      expect((body as { polarity?: number }[]).filter(({ polarity }) => polarity !== 0.6)).toEqual([]);
      expect((await indexes()).filter((index) => !before.includes(index))).toEqual(["sentiment-undated"]);
      for (const year of [1, 1991, 9999]) {
        const { _source: source } = await ask("GET", `sentiment-undated/_doc/year-${year}`);
        expect(source["twitter.created_at"]).toContain(`12:00:00 +0000 ${formatYear(year)}`);
      }
      const ancient = {
        range: { "twitter.created_at": { lt: -60_000_000_000_000, format: "epoch_millis" } },
      };
      expect(await countDocuments(ancient)).toBe(7); // the years 1 to 61
    });

    it("are compared with Kafka's timestamp of the message", async () => {
      await using enrich = await start("undated");
      const received = String(Date.UTC(2017, 0, 1));
      const headers = { "x-kafka-timestamps": received };
      await enrich.send(post("ahead", "2017-03-01T00:00:00Z"), headers);
      await enrich.send(post("near", "2017-01-02T00:00:00Z"), headers);
      expect((await ask("GET", "sentiment-undated/_doc/ahead")).found).toBe(true);
      expect((await ask("GET", "sentiment-2017-01/_doc/near")).found).toBe(true);
    });
  });

  describe("notices of deletions", () => {
    const notice = (id: string) => ({
      delete: { status: { id_str: id, user_id_str: "7" }, timestamp_ms: "1" },
    });
    const tweet = (id: string, month = "2018-10") => ({
      id_str: id,
      created_at: new Date(`${month}-10T20:19:24Z`).toISOString(),
      text: "People are kind",
      user: { screen_name: "ada", name: "Ada" },
    });
    const ids = (...values: string[]) => countDocuments({ ids: { values } });

    it("remove the document from the index that has it, and from a compacted topic", async () => {
      await using enrich = await start("deletions", { APPLY_DELETIONS: "true" });
      expect((await enrich.send([tweet("del-1"), tweet("del-2", "2013-05"), tweet("keep-1")])).status).toBe(
        200,
      );
      const call = [notice("del-1"), tweet("keep-2"), notice("del-2"), notice("never-seen")];
      const skipped = (index: number) => ({ index, skipped: "delete" });
      expect(await enrich.send(call)).toEqual({
        status: 200,
        body: [skipped(0), expect.objectContaining({ polarity: 0.6 }), skipped(2), skipped(3)],
      });
      expect(await ids("del-1", "del-2")).toBe(0);
      expect(await ids("keep-1", "keep-2")).toBe(2);
      expect(await written("deletions", "del-1")).toEqual(["People are kind", null]);
      expect(await written("deletions", "del-2")).toEqual(["People are kind", null]);
      expect(await written("deletions", "keep-1")).toEqual(["People are kind"]);
    });

    it("remove a tweet of the same call, before or after it", async () => {
      await using enrich = await start("deletions", { APPLY_DELETIONS: "true" });
      await enrich.send([tweet("same-1"), notice("same-1"), notice("same-2"), tweet("same-2")]);
      expect(await ids("same-1", "same-2")).toBe(0);
      for (const id of ["same-1", "same-2"]) expect((await written("deletions", id)).at(-1)).toBeNull();
    });

    it("wait while the index is read-only", async () => {
      await using enrich = await start("deletions", { APPLY_DELETIONS: "true", ENRICH_TIMEOUT: "2s" });
      await enrich.send(tweet("del-3", "2013-06"));
      await ask("PUT", "sentiment-2013-06/_settings", { "index.blocks.write": true });
      expect((await enrich.send(notice("del-3"))).status).toBeGreaterThanOrEqual(502);
      expect(await written("deletions", "del-3")).toEqual(["People are kind"]);
      await ask("PUT", "sentiment-2013-06/_settings", { "index.blocks.write": null });
      expect(await enrich.send(notice("del-3"))).toEqual({ status: 200, body: { skipped: "delete" } });
      expect(await ids("del-3")).toBe(0);
    });

    it("change nothing by default", async () => {
      await using enrich = await start("deletions");
      await enrich.send([tweet("stays"), notice("stays")]);
      expect(await ids("stays")).toBe(1);
      expect(await written("deletions", "stays")).toEqual(["People are kind"]);
    });
  });
});
