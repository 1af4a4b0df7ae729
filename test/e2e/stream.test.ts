// needs: java
import { setTimeout as pause } from "node:timers/promises";
import { createDurableProducer, type DurableProducer } from "@platform/shared/kafka/durable-producer";
import { documents, hasDocument } from "../support/elasticsearch/documents.ts";
import { rejectableTweets } from "../support/functions/rejectable-tweets.ts";
import { type SampleTweet, sampleTweets } from "../support/functions/tweets.ts";
import { hasMaven } from "../support/java/maven.ts";
import { type StartedStream, startStream, waitForDocuments } from "../support/kafka/stream.ts";
import { kafkaClient, readTopic } from "../support/kafka/topic-messages.ts";
import { requireService } from "../support/require-service.ts";
import { waitFor } from "../support/wait-for.ts";

/** Number of tweets; `npm run soak -- stream` sends more. */
const count = Number(process.env.STREAM_TWEETS || 5_000);
const minutes = 3 + Math.ceil(count / 5_000);
jest.setTimeout(minutes * 60_000);

/** Messages that are refused, each with its error code. */
const poison: readonly [value: string | null, code: string][] = [
  ...rejectableTweets.map(({ line, code }): [string, string] => [line, code]),
  ["two\nlines", "invalid_json"],
  ["", "empty_body"],
  [null, "empty_body"],
  ["\u0000\u0001", "invalid_json"],
];

requireService("Maven and Java", hasMaven(), () => {
  let stream: StartedStream;
  let producer: DurableProducer;
  let tweets: SampleTweet[];
  /** Number of messages in Kafka. */
  let sent = 0;

  beforeAll(async () => {
    stream = await startStream();
    tweets = sampleTweets(count);
    producer = createDurableProducer({
      timeLimit: 20_000,
      open: async () => kafkaClient(stream.kafka.brokers),
    });
  });
  afterAll(async () => {
    await producer?.close();
    await stream?.[Symbol.asyncDispose]();
  });

  /** Sends messages until they are acknowledged. */
  async function send(messages: Parameters<DurableProducer["send"]>[1]): Promise<void> {
    for (;;) {
      try {
        return await producer.send("twitter", messages);
      } catch {
        await pause(200);
      }
    }
  }

  /** Sends all tweets and some poison messages evenly over a time; the last ones only after `strikes`. */
  async function sendAll(milliseconds: number, strikes: Promise<void>): Promise<void> {
    const portions = 200;
    const size = Math.ceil(count / portions);
    for (let number = 0; number < portions; number++) {
      if (number === portions - 20) await strikes;
      const part = tweets.slice(number * size, (number + 1) * size);
      const messages: { key: string | null; value: string | null }[] = part.map(({ id, json }) => ({
        key: id,
        value: json,
      }));
      const bad = poison[number];
      if (bad !== undefined) messages.splice(messages.length >> 1, 0, { key: null, value: bad[0] });
      await send(messages);
      sent += part.length;
      await pause(milliseconds / portions);
    }
  }

  const faults: readonly [string, () => Promise<void>][] = [
    ["the function", async () => stream.killFunction()],
    [
      "Elasticsearch",
      async () => {
        await stream.elasticsearch.kill();
        await pause(1_000);
        await stream.elasticsearch.start();
      },
    ],
    ["the connector", () => stream.replaceConnector()],
    [
      "the broker",
      async () => {
        await stream.kafka.kill();
        await pause(1_000);
        await stream.kafka.start();
      },
    ],
    ["the function again", async () => stream.killFunction()],
    ["the connector again", () => stream.replaceConnector()],
  ];

  async function strikeAll(): Promise<void> {
    for (const [name, strike] of faults) {
      await pause(3_000);
      const before = await stream.count().catch(() => 0);
      await strike();
      // The stream flows again before the next strike.
      const flows = async () => (await stream.count().catch(() => 0)) >= Math.min(before + 1, sent);
      await waitFor(`documents after the end of ${name}`, flows, 60_000);
    }
  }

  it("stores each tweet once, although processes are killed by SIGKILL", async () => {
    const striking = strikeAll();
    await Promise.all([striking, sendAll(40_000, striking)]);
    await waitForDocuments(stream, count, (minutes - 1) * 60_000);
    await waitFor("no lag", async () => (await lag()) === 0, 30_000);
    expect(await stream.count()).toBe(count);
  });

  it("gives each document its sentiment, its month and its id", async () => {
    const expected = new Map(tweets.map((tweet) => [tweet.id, tweet]));
    for await (const { _id, _index, _version, _source } of documents(stream.elasticsearch.url)) {
      const { index, polarity, subjectivity, sentence_count } = expected.get(_id) ?? {};
      expected.delete(_id);
      expect([_id, _index, _version, _source.polarity, _source.subjectivity, _source.sentence_count]).toEqual(
        [_id, index, 1, polarity, subjectivity, sentence_count],
      );
    }
    expect([...expected.keys()]).toEqual([]);
  });

  it("writes each document to the topic twitter-enriched, under its id", async () => {
    const ids = new Set((await readTopic(stream.kafka.brokers, "twitter-enriched")).map(({ key }) => key));
    expect(ids.size).toBe(count);
    expect(tweets.filter(({ id }) => !ids.has(id))).toEqual([]);
  });

  it("writes each poison message to the dead-letter topic, with its reason and its position", async () => {
    const letters = await readTopic(stream.kafka.brokers, "twitter.dead-letter");
    const messages = await readTopic(stream.kafka.brokers, "twitter");
    const reasons = letters.map(({ headers, value }) => `${headers["dead-letter-code"]}: ${value ?? ""}`);
    const wanted = poison.map(([value, code]) => `${code}: ${value ?? ""}`);
    expect(wanted.filter((letter) => !reasons.includes(letter))).toEqual([]);
    for (const { headers, value } of letters) {
      const source = messages.find(
        ({ partition, offset }) =>
          String(partition) === headers["dead-letter-partition"] &&
          String(offset) === headers["dead-letter-offset"],
      );
      expect(source?.value ?? "").toBe(value ?? "");
      expect(headers).toMatchObject({
        "dead-letter-topic": "twitter",
        "dead-letter-function": "tweet-enrich",
        "dead-letter-status": expect.stringMatching(/^4\d\d$/),
        "dead-letter-reason": expect.stringMatching(/\w/),
      });
    }
    const positions = new Set(
      letters.map(({ headers }) => `${headers["dead-letter-partition"]}/${headers["dead-letter-offset"]}`),
    );
    expect(positions.size).toBe(poison.length);
  });

  describe.each(rejectableTweets)("a tweet with $property", ({ property, line, code }) => {
    const neighbour = (name: string) => ({
      id: `${name}-${property}`.replace(/\W+/g, "-"),
      text: "People are kind",
    });
    const score = expect.objectContaining({ polarity: 0.6 });

    it("delays no neighbour in a call", async () => {
      const lines = [JSON.stringify(neighbour("before")), line, JSON.stringify(neighbour("after"))];
      const response = await fetch(`${stream.gateway.url}/function/tweet-enrich`, {
        method: "POST",
        headers: { "content-type": "application/x-ndjson" },
        body: lines.join("\n"),
      });
      const entries = (await response.text()).trimEnd().split("\n");
      expect(entries.map((entry) => JSON.parse(entry))).toEqual([
        score,
        { index: 1, error: { status: expect.any(Number), code, detail: expect.stringMatching(/\w/) } },
        score,
      ]);
    });

    it("delays no neighbour in its partition", async () => {
      const next = neighbour("next");
      await send([
        { value: line, partition: 0 },
        { value: JSON.stringify(next), partition: 0 },
      ]);
      await waitFor("the next tweet", () => hasDocument(stream.elasticsearch.url, next.id), 5_000);
    });
  });

  async function lag(): Promise<number> {
    const metrics = await (await fetch(`${stream.connector().url}/metrics`)).text();
    const lags = [...metrics.matchAll(/^kafka_connector_lag_messages\{.*\} (\d+)$/gm)].map(([, value]) =>
      Number(value),
    );
    return lags.length === 0 ? Number.NaN : lags.reduce((sum, value) => sum + value, 0);
  }
});
