// needs: java

import { createHash } from "node:crypto";
import type { ServerResponse } from "node:http";
import { askElasticsearch } from "../support/elasticsearch/ask-elasticsearch.ts";
import { type StartedElasticsearch, startElasticsearch } from "../support/elasticsearch/elasticsearch.ts";
import { startTweetEnrich } from "../support/functions/tweet-enrich.ts";
import { startListener } from "../support/http/listener.ts";
import { hasMaven } from "../support/java/maven.ts";
import { type StartedKafka, startKafka } from "../support/kafka/kafka.ts";
import { putTemplates } from "../support/kafka/stream.ts";
import { readTopic } from "../support/kafka/topic-messages.ts";
import { requireService } from "../support/require-service.ts";
import { waitFor } from "../support/wait-for.ts";

const minute = 60_000;
jest.setTimeout(minute);

const v1 = {
  id_str: "1050118621198921728",
  created_at: "Wed Oct 10 20:19:24 +0000 2018",
  text: "People are kind",
  user: { screen_name: "ada", name: "Ada Lovelace" },
};
const document = {
  "twitter.created_at": "Wed Oct 10 20:19:24 +0000 2018",
  "twitter.handle": "ada",
  "twitter.msg": "People are kind",
  "twitter.user": "Ada Lovelace",
  polarity: 0.6,
  subjectivity: 0.9,
  sentence_count: 1,
  Date: expect.stringMatching(/ GMT$/),
};
const itemError = (index: number, code: string) => ({
  index,
  error: { status: 422, code, detail: expect.any(String) },
});
const problem = (status: number, code: string) => ({
  status,
  body: expect.objectContaining({ status, code }),
});

/** A topic for each group of tests, so that each knows its expected messages. */
const topics = [
  "stored",
  "replayed",
  "origin",
  "refused",
  "dead",
  "one-sink",
  "down",
  "restarted",
  "drained",
];

requireService("Maven and Java", hasMaven(), () => {
  let elasticsearch: StartedElasticsearch;
  let kafka: StartedKafka;
  let sinks: Record<"ELASTICSEARCH_URL" | "KAFKA_BROKERS", string>;
  beforeAll(async () => {
    // The limit is for the test of a 429: Elasticsearch refuses a larger bulk as a whole.
    const settings = {
      "indexing_pressure.memory.coordinating.limit": "200kb",
      // At each check of the disk Elasticsearch removes the block read_only_allow_delete itself.
      "cluster.info.update.interval": "1h",
    };
    elasticsearch = await startElasticsearch({ settings });
    kafka = await startKafka({ own: true });
    await putTemplates(elasticsearch.url);
    await kafka.makeTopics(topics);
    sinks = { ELASTICSEARCH_URL: elasticsearch.url, KAFKA_BROKERS: kafka.brokers };
  }, 5 * minute);
  afterAll(async () => {
    await kafka?.[Symbol.asyncDispose]();
    await elasticsearch?.[Symbol.asyncDispose]();
  }, minute);

  const ask = (method: string, path: string, body?: unknown) =>
    askElasticsearch(elasticsearch.url, method, path, body);
  /** A stored document with its version, or undefined. */
  const stored = async (index: string, id: string) => {
    const { _source: source, _version: version } = await ask(
      "GET",
      `${index}/_doc/${encodeURIComponent(id)}`,
    );
    return source && { version, source };
  };
  const countIndex = async (index: string): Promise<number> =>
    (await ask("GET", `${index}/_search?size=0&track_total_hits=true`)).hits.total.value;
  const refresh = () => ask("POST", "sentiment-*/_refresh");
  const sent = async (topic: string) =>
    (await readTopic(kafka.brokers, topic)).map(({ key, value = "", headers }) => ({
      key,
      document: JSON.parse(value),
      headers,
    }));
  const readKeys = async (topic: string) => (await sent(topic)).map(({ key }) => key).sort();
  const block = (index: string, blocked: boolean) =>
    ask("PUT", `${index}/_settings`, { "index.blocks.read_only_allow_delete": blocked || null });

  describe("stored documents", () => {
    it("come from one tweet, an array and NDJSON, the same in the index of the month and the topic", async () => {
      await using enrich = await startTweetEnrich({ ...sinks, KAFKA_TOPIC: "stored" });
      const newYear = { id: "2", text: "It is bad", created_at: "2018-12-31T23:30:00-01:00" };
      const post = {
        uri: "https://example.social/users/ada/statuses/3",
        content: "<p>People are kind</p>",
        created_at: "2018-10-10T20:19:24Z",
        account: { acct: "ada", display_name: "Ada Lovelace" },
      };
      expect(await enrich.send(v1)).toEqual({ status: 200, body: document });
      expect(await enrich.send([newYear, { delete: {} }, post])).toEqual({
        status: 200,
        body: [
          {
            ...document,
            "twitter.created_at": "Tue Jan 01 00:30:00 +0000 2019",
            "twitter.msg": "It is bad",
            "twitter.handle": null,
            "twitter.user": null,
            polarity: expect.closeTo(-0.7),
            subjectivity: expect.closeTo(0.6667, 4),
          },
          { index: 1, skipped: "delete" },
          document,
        ],
      });
      const lines = ["4", "5"].map((id) => JSON.stringify({ ...v1, id_str: id }));
      expect(await enrich.send(lines.join("\n"), { "content-type": "application/x-ndjson" })).toEqual({
        status: 200,
        body: [document, document],
      });
      const indexById = {
        [v1.id_str]: "sentiment-2018-10",
        2: "sentiment-2019-01",
        [post.uri]: "sentiment-2018-10",
        4: "sentiment-2018-10",
        5: "sentiment-2018-10",
      };
      const messages = await sent("stored");
      expect(messages.map(({ key }) => key).sort()).toEqual(Object.keys(indexById).sort());
      for (const { key, document: published, headers } of messages) {
        expect(headers).toEqual({});
        // The version of Mastodon's post is the time of its latest edit.
        const version = key === post.uri ? expect.any(Number) : 1;
        expect(await stored(indexById[key as never]!, key!)).toEqual({ version, source: published });
      }
    });

    it("do not change when the call is repeated, and have a stable id if the tweet has none", async () => {
      await using enrich = await startTweetEnrich({ ...sinks, KAFKA_TOPIC: "replayed" });
      const nameless = { text: "No id", created_at: "2016-02-29T00:00:00Z", handle: "ada", user: "Ada" };
      const long = { ...nameless, id: "ü".repeat(300) };
      const call = [{ ...nameless, id: "1" }, nameless, { ...nameless, id: "1" }, long, "Text alone"];
      const first = await enrich.send(call);
      expect(first.status).toBe(200);
      await refresh();
      const count = await countIndex("sentiment-*");
      const before = await ask("GET", "sentiment-2016-02/_search?version=true&sort=_doc");
      await enrich.send(call);
      await using other = await startTweetEnrich({ ...sinks, KAFKA_TOPIC: "replayed" });
      expect((await other.send(call)).status).toBe(200);
      await refresh();
      expect(await countIndex("sentiment-*")).toBe(count);
      const after = await ask("GET", "sentiment-2016-02/_search?version=true&sort=_doc");
      expect(after.hits.hits).toEqual(before.hits.hits);
      const facts = [null, "No id", "2016-02-29T00:00:00.000Z", "ada", "Ada"];
      const hash = createHash("sha256").update(JSON.stringify(facts)).digest("hex");
      const ids = after.hits.hits.map(({ _id: id }: { _id: string }) => id);
      expect(ids.sort()).toEqual(
        ["1", hash, expect.stringMatching(/^[0-9a-f]{64}$/)].sort((a, b) => (a > b ? 1 : -1)),
      );
    });

    it("are dated by Kafka's time, else by now, if the tweet has no date; X-Start-Time in ns becomes ms", async () => {
      await using enrich = await startTweetEnrich({ ...sinks, KAFKA_TOPIC: "origin" });
      const item = (id: string) => ({ id, text: "People are kind" });
      const { status } = await enrich.send([item("k1"), { ...v1, id_str: "k2" }, item("k3"), item("k4")], {
        // 2018-10-10T20:19:24Z, the same, then 2018-11-01T00:00:00Z.
        "x-kafka-timestamps": "1539202764000,3,1827835997",
        "x-start-time": "1539202765123456789",
      });
      expect(status).toBe(200);
      const now = `sentiment-${new Date().toISOString().slice(0, 7)}`;
      const indexById = {
        k1: "sentiment-2018-10",
        k2: "sentiment-2018-10",
        k3: "sentiment-2018-11",
        k4: now,
      };
      for (const [id, index] of Object.entries(indexById)) {
        const documents = await stored(index, id);
        expect([id, documents?.source]).toEqual([
          id,
          expect.objectContaining({ "X-Start-Time": 1539202765123 }),
        ]);
      }
      expect((await stored("sentiment-2018-10", "k1"))?.source["twitter.created_at"]).toBeNull();
    });
  });

  describe("a document that the mapping refuses", () => {
    const impossible = {
      id: "impossible",
      text: "Long ago",
      created_at: "2009-06-01T00:00:00Z",
      handle: "x",
    };
    beforeAll(() =>
      ask("PUT", "sentiment-2009-06", { mappings: { properties: { polarity: { type: "boolean" } } } }),
    );
    const deadLetter = {
      "dead-letter-code": "document_refused",
      "dead-letter-reason": "Elasticsearch refuses the document: document_parsing_exception.",
      "dead-letter-status": "422",
      "dead-letter-function": "tweet-enrich",
    };

    it("is an error of its item and a dead letter; the others are stored", async () => {
      await using enrich = await startTweetEnrich({
        ...sinks,
        KAFKA_TOPIC: "refused",
        DEAD_LETTER_TOPIC: "dead",
      });
      const good = (id: string) => ({ ...v1, id_str: id });
      expect(await enrich.send([good("r1"), impossible, good("r2")])).toEqual({
        status: 200,
        body: [document, itemError(1, "document_refused"), document],
      });
      expect(await readKeys("refused")).toEqual(["r1", "r2"]);
      expect(await stored("sentiment-2018-10", "r2")).toBeDefined();
      expect(await sent("dead")).toEqual([
        {
          key: "impossible",
          document: expect.objectContaining({ "twitter.msg": "Long ago" }),
          headers: deadLetter,
        },
      ]);
      // Behind a connector, which has dead letters of its own.
      const called = await enrich.send([impossible], { "x-topic": "twitter" });
      expect(called).toEqual({ status: 200, body: [itemError(0, "document_refused")] });
      expect(await sent("dead")).toHaveLength(1);
    });

    it("is the answer to a separate call, also without a topic for dead letters", async () => {
      await using enrich = await startTweetEnrich({ ...sinks, KAFKA_TOPIC: "refused" });
      expect(await enrich.send(impossible)).toEqual(problem(422, "document_refused"));
      expect(await readKeys("refused")).toEqual(["r1", "r2"]);
    });
  });

  it("writes to the only sink that is set", async () => {
    await using toKafka = await startTweetEnrich({ KAFKA_BROKERS: kafka.brokers, KAFKA_TOPIC: "one-sink" });
    await using toIndex = await startTweetEnrich({ ELASTICSEARCH_URL: elasticsearch.url });
    expect((await toKafka.send({ ...v1, id_str: "kafka only" })).status).toBe(200);
    expect((await toIndex.send({ ...v1, id_str: "index only" })).status).toBe(200);
    expect(await readKeys("one-sink")).toEqual(["kafka only"]);
    expect(await stored("sentiment-2018-10", "kafka only")).toBeUndefined();
    expect(await stored("sentiment-2018-10", "index only")).toBeDefined();
  });

  it.each(["KAFKA_TOPIC", "DEAD_LETTER_TOPIC"])("refuses a loop: %s is the caller's topic", async (name) => {
    await using enrich = await startTweetEnrich({ ...sinks, [name]: "twitter" });
    expect(await enrich.send(v1, { "x-topic": "twitter" })).toEqual(problem(500, "config_invalid"));
    expect(enrich.output()).toContain(`${name} must not be the topic`);
  });

  describe("a busy Elasticsearch", () => {
    const tweet = (id: string) => ({ ...v1, id_str: id, created_at: "2014-03-01T00:00:00Z" });

    it("is called again until it accepts the documents that it refused with 429, within the time limit", async () => {
      await using enrich = await startTweetEnrich({
        ELASTICSEARCH_URL: elasticsearch.url,
        ENRICH_TIMEOUT: "2s",
      });
      await enrich.send(tweet("b1"));
      await block("sentiment-2014-03", true);
      const started = Date.now();
      const open = { ...v1, id_str: "b2" };
      const busy = { index: 1, error: expect.objectContaining({ status: 503, code: "peer_unavailable" }) };
      expect(await enrich.send([open, tweet("b3")])).toEqual({ status: 200, body: [document, busy] });
      expect(Date.now() - started).toBeGreaterThan(700);
      expect(Date.now() - started).toBeLessThan(4000);
      // The accepted documents stay, and a repetition of the call stores the rest.
      expect(await stored("sentiment-2018-10", "b2")).toBeDefined();
      const answered = enrich.send([open, tweet("b3")]);
      await block("sentiment-2014-03", false);
      expect((await answered).status).toBe(200);
      expect(await stored("sentiment-2014-03", "b3")).toMatchObject({ version: 1 });
    });

    it("is called again after a 429 for the whole request, and ends as 503", async () => {
      const rejections = async () => {
        const { nodes } = await ask("GET", "_nodes/stats/indexing_pressure");
        const [node] = Object.values(nodes) as { indexing_pressure: IndexingPressure }[];
        return node!.indexing_pressure.memory.total.coordinating_rejections;
      };
      await using enrich = await startTweetEnrich({
        ELASTICSEARCH_URL: elasticsearch.url,
        ENRICH_TIMEOUT: "2s",
      });
      const large = Array.from({ length: 5 }, (_, n) => ({ id: `l${n}`, text: "word ".repeat(19_000) }));
      const before = await rejections();
      expect(await enrich.send(large)).toEqual(problem(503, "peer_unavailable"));
      expect((await rejections()) - before).toBeGreaterThan(2);
    });
  });

  describe("a sink that goes down and comes back", () => {
    it("Elasticsearch: 503 and nothing in Kafka, then the same process stores again", async () => {
      await using enrich = await startTweetEnrich({ ...sinks, KAFKA_TOPIC: "down" });
      expect((await enrich.send({ ...v1, id_str: "d1" })).status).toBe(200);
      await elasticsearch.kill();
      expect(await enrich.send([{ ...v1, id_str: "d2" }])).toEqual(problem(503, "peer_unavailable"));
      expect(await readKeys("down")).toEqual(["d1"]);
      await elasticsearch.start();
      expect((await enrich.send([{ ...v1, id_str: "d2" }])).status).toBe(200);
      expect(await readKeys("down")).toEqual(["d1", "d2"]);
      expect(await stored("sentiment-2018-10", "d2")).toMatchObject({ version: 1 });
    }, 150_000);

    it("Kafka: 503 or 504 before the platform's time limit, then the same process writes again", async () => {
      await using enrich = await startTweetEnrich({ ...sinks, KAFKA_TOPIC: "restarted" });
      expect((await enrich.send({ ...v1, id_str: "g1" })).status).toBe(200);
      await kafka.kill();
      const started = Date.now();
      const [{ status }, second] = await Promise.all([
        enrich.send([{ ...v1, id_str: "g2" }]),
        enrich.send([{ ...v1, id_str: "g3" }]),
      ]);
      expect([503, 504]).toContain(status);
      expect([503, 504]).toContain(second.status);
      expect(Date.now() - started).toBeLessThan(9_500);
      await kafka.start();
      const again = [v1, { ...v1, id_str: "g2" }, { ...v1, id_str: "g3" }];
      expect((await enrich.send(again)).status).toBe(200);
      const keys = new Set(await readKeys("restarted"));
      expect([...keys].sort()).toEqual([v1.id_str, "g1", "g2", "g3"].sort());
    }, 150_000);
  });

  it("answers the call in flight on SIGTERM, then closes its connections and exits", async () => {
    let asked: ServerResponse | undefined;
    await using slow = await startListener((request, response) => {
      request.resume();
      asked = response.setHeader("content-type", "application/json");
    });
    await using enrich = await startTweetEnrich({
      ...sinks,
      KAFKA_TOPIC: "drained",
      SENTIMENT_URL: slow.url,
      SHUTDOWN_QUIET: "200ms",
    });
    const answered = enrich.send({ ...v1, id_str: "t1" });
    const held = await waitFor("the call for the sentiment", () => asked);
    enrich.signal("SIGTERM");
    held.end('[{"polarity":0,"subjectivity":0,"sentence_count":1}]');
    expect((await answered).status).toBe(200);
    const since = Date.now();
    expect(await enrich.ended).toBe(0);
    expect(Date.now() - since).toBeLessThan(3_000);
    expect(enrich.output()).not.toContain("close_failed");
    expect(await readKeys("drained")).toEqual(["t1"]);
    expect(await stored("sentiment-2018-10", "t1")).toBeDefined();
  });
});

interface IndexingPressure {
  memory: { total: { coordinating_rejections: number } };
}
