// needs: java
import { type StartedElasticsearch, startElasticsearch } from "../support/elasticsearch/elasticsearch.ts";
import { rejectableTweets } from "../support/functions/rejectable-tweets.ts";
import { type StartedTweetEnrich, startTweetEnrich } from "../support/functions/tweet-enrich.ts";
import { hasMaven } from "../support/java/maven.ts";
import { type StartedKafka, startKafka } from "../support/kafka/kafka.ts";
import { putTemplates } from "../support/kafka/stream.ts";
import { readTopic } from "../support/kafka/topic-messages.ts";
import { requireService } from "../support/require-service.ts";
import { waitFor } from "../support/wait-for.ts";

const minute = 60_000;
jest.setTimeout(minute);

const tweet = (id: string, month: string) => ({
  id,
  text: "People are kind",
  created_at: `${month}-10T20:19:24Z`,
});
const document = expect.objectContaining({ "twitter.msg": "People are kind", polarity: 0.6 });
const itemError = (index: number, status: number, code: string) => ({
  index,
  error: { status, code, detail: expect.any(String) },
});
const waiting = (index: number) => itemError(index, 503, "peer_unavailable");
const unavailable = { status: 503, body: expect.objectContaining({ code: "peer_unavailable" }) };
const topics = ["waiting", "waiting-dead", "neighbours"];

requireService("Maven and Java", hasMaven(), () => {
  let elasticsearch: StartedElasticsearch;
  let kafka: StartedKafka;
  let sinks: Record<string, string>;
  let sharedEnrich: StartedTweetEnrich;
  beforeAll(async () => {
    // At each check of the disk Elasticsearch removes the block read_only_allow_delete itself.
    elasticsearch = await startElasticsearch({ settings: { "cluster.info.update.interval": "1h" } });
    kafka = await startKafka();
    await putTemplates(elasticsearch.url);
    await kafka.makeTopics(topics);
    sinks = {
      ELASTICSEARCH_URL: elasticsearch.url,
      KAFKA_BROKERS: kafka.brokers,
      KAFKA_TOPIC: "waiting",
      DEAD_LETTER_TOPIC: "waiting-dead",
      ENRICH_TIMEOUT: "4s",
    };
    sharedEnrich = await startTweetEnrich(sinks);
    await waitFor("the first tweet, which makes the index of the neighbours", async () => {
      const { status } = await sharedEnrich.send(tweet("first", "2010-01"));
      return status === 200;
    });
  }, 5 * minute);
  afterAll(async () => {
    await sharedEnrich?.[Symbol.asyncDispose]();
    await kafka?.[Symbol.asyncDispose]();
    await elasticsearch?.[Symbol.asyncDispose]();
  }, minute);

  const ask = async (method: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
    const response = await fetch(`${elasticsearch.url}/${path}`, {
      method,
      headers: { "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return (await response.json()) as Record<string, unknown>;
  };
  const isStored = async (index: string, id: string) =>
    (await ask("GET", `${index}/_doc/${id}`)).found === true;
  const readKeys = async (topic: string) =>
    (await readTopic(kafka.brokers, topic)).map(({ key }) => key).filter((key) => key !== undefined);
  const settings = (index: string, values: object) => ask("PUT", `${index}/_settings`, values);
  const clusterSetting = (name: string, value: unknown) =>
    ask("PUT", "_cluster/settings", { persistent: { [name]: value } });

  const blocked = (name: string, month: string): Fault => ({
    fault: `its index has the block ${name}`,
    month,
    async begin(index) {
      await ask("PUT", index);
      await settings(index, { [`index.blocks.${name}`]: true });
    },
    end: (index) => settings(index, { [`index.blocks.${name}`]: null }),
  });

  const faults: readonly Fault[] = [
    {
      fault: "its index is closed",
      month: "2011-01",
      async begin(index) {
        await ask("PUT", index);
        await ask("POST", `${index}/_close`);
      },
      end: (index) => ask("POST", `${index}/_open`),
    },
    blocked("read_only_allow_delete", "2011-02"),
    blocked("write", "2011-03"),
    {
      fault: "the cluster is at its limit of shards",
      month: "2011-04",
      begin: () => clusterSetting("cluster.max_shards_per_node", 1),
      end: () => clusterSetting("cluster.max_shards_per_node", null),
    },
    {
      fault: "its index may not be made",
      month: "2011-05",
      begin: () => clusterSetting("action.auto_create_index", "-sentiment-2011-05,+*"),
      end: () => clusterSetting("action.auto_create_index", null),
    },
    {
      fault: "no node may have its index",
      month: "2011-06",
      begin: (index) =>
        ask("PUT", `${index}?wait_for_active_shards=0`, {
          settings: { "index.routing.allocation.include._name": "nobody" },
        }),
      end: (index) => settings(index, { "index.routing.allocation.include._name": null }),
    },
    {
      fault: "its index wants a pipeline that is missing",
      month: "2011-07",
      begin: (index) => ask("PUT", index, { settings: { "index.default_pipeline": "none-yet" } }),
      end: (index) => settings(index, { "index.default_pipeline": null }),
    },
  ];

  describe.each(faults)("a tweet waits while $fault", ({ month, begin, end }) => {
    it("and its neighbours are stored, in the index and the topic", async () => {
      const index = `sentiment-${month}`;
      const [first, held, last] = ["first", "held", "last"].map((name) => `${month}-${name}`);
      await begin(index);
      try {
        const call = [tweet(first!, "2010-01"), tweet(held!, month), tweet(last!, "2010-01")];
        expect(await sharedEnrich.send(call)).toEqual({
          status: 200,
          body: [document, waiting(1), document],
        });
        expect(await isStored("sentiment-2010-01", first!)).toBe(true);
        expect(await isStored("sentiment-2010-01", last!)).toBe(true);
        const keys = await readKeys("waiting");
        expect(keys).toEqual(expect.arrayContaining([first, last]));
        expect(keys).not.toContain(held);
        // Alone, and where all items of a call wait.
        expect(await sharedEnrich.send(tweet(held!, month))).toEqual(unavailable);
        expect(await sharedEnrich.send([tweet(held!, month), 7])).toEqual(unavailable);
      } finally {
        await end(index);
      }
      expect((await sharedEnrich.send([tweet(held!, month)])).body).toEqual([document]);
      expect(await isStored(index, held!)).toBe(true);
      expect(await readKeys("waiting")).toContain(held);
      expect(await readKeys("waiting-dead")).toEqual([]);
    });
  });

  it("logs a cause once for all items that wait for it, without their texts", async () => {
    await ask("PUT", "sentiment-2012-01");
    await ask("POST", "sentiment-2012-01/_close");
    await using enrich = await startTweetEnrich(sinks);
    const held = Array.from({ length: 20 }, (_, index) => tweet(`log-${index}`, "2012-01"));
    expect((await enrich.send([tweet("log", "2010-01"), ...held])).status).toBe(200);
    const lines = enrich
      .output()
      .split("\n")
      .filter((line) => line.includes("index_closed_exception"));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('"items":20');
    expect(enrich.output()).not.toContain("People are kind");
  });

  it("is refused for its own fault where the mapping refuses it; the others are stored", async () => {
    await ask("PUT", "sentiment-2012-02", { mappings: { properties: { polarity: { type: "boolean" } } } });
    await using enrich = await startTweetEnrich({ ...sinks, DEAD_LETTER_TOPIC: "neighbours" });
    const call = [tweet("m1", "2010-01"), tweet("m2", "2012-02"), tweet("m3", "2010-01")];
    expect((await enrich.send(call)).body).toEqual([
      document,
      itemError(1, 422, "document_refused"),
      document,
    ]);
    expect(await isStored("sentiment-2010-01", "m3")).toBe(true);
    expect(await readKeys("neighbours")).toEqual(["m2"]);
  });

  it.each(rejectableTweets)(
    "stores the neighbours of a tweet with $property",
    async ({ property, line, code }) => {
      const neighbours = ["before", "after"].map((name) =>
        tweet(`${name}-${property.length}-${code}`, "2010-02"),
      );
      const [before, after] = neighbours.map((each) => JSON.stringify(each));
      const answer = await sharedEnrich.send([before, line, after].join("\n"), {
        "content-type": "application/x-ndjson",
      });
      expect(answer).toEqual({
        status: 200,
        body: [document, { index: 1, error: expect.objectContaining({ code }) }, document],
      });
      for (const { id } of neighbours) expect(await isStored("sentiment-2010-02", id)).toBe(true);
    },
  );
});

/** The faults that prevent the index of a month from accepting documents, and their repair. */
interface Fault {
  fault: string;
  month: string;
  begin(index: string): Promise<unknown>;
  end(index: string): Promise<unknown>;
}
