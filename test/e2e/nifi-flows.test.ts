// needs: java nifi
import { setTimeout as pause } from "node:timers/promises";
import { countDocuments, documents, type Hit } from "../support/elasticsearch/documents.ts";
import { rejectableTweets } from "../support/functions/rejectable-tweets.ts";
import { type SampleTweet, sampleTweets } from "../support/functions/tweets.ts";
import { hasMaven } from "../support/java/maven.ts";
import { readTopic } from "../support/kafka/topic-messages.ts";
import { hasNifi } from "../support/nifi/nifi.ts";
import { type NifiStage, postTweets, startNifiStage } from "../support/nifi/nifi-stage.ts";
import { refusedLetters, selectLetters, summarize } from "../support/nifi/refused-letters.ts";
import { type FoundTweet, startTwitterSearch } from "../support/nifi/twitter-search.ts";
import { requireService } from "../support/require-service.ts";
import { waitFor } from "../support/wait-for.ts";

jest.setTimeout(8 * 60_000);

const flows = ["twitter-sentiment", "tweet-enrich"] as const;
/** Tweets for each flow. */
const count = 500;

const problem = (status: number, code: string) => ({ status, code, detail: expect.stringMatching(/\w/) });

requireService("NiFi, Maven and Java", hasNifi() && hasMaven(), () => {
  let stage: NifiStage;
  const tweets = {
    "twitter-sentiment": sampleTweets(count),
    "tweet-enrich": sampleTweets(count, count),
  };

  beforeAll(async () => {
    stage = await startNifiStage();
    await stage.command(["deploy", ...flows], { CONSUMER_GROUP: "nifi" });
  });
  afterAll(() => stage?.[Symbol.asyncDispose]());

  const lines = (part: readonly string[]) => `${part.join("\n")}\n`;

  /** Sends each flow its tweets evenly over a time, alone and in lines, with a refused one each time; the last ones after `strikes`. */
  async function sendAll(flow: (typeof flows)[number], strikes: Promise<void>): Promise<void> {
    const url = stage.listeners[flow];
    const all = tweets[flow];
    for (let sent = 0; sent < count; sent += 25) {
      if (sent === count - 50) await strikes;
      const part = all.slice(sent, sent + 25).map(({ json }) => json);
      // Formatted JSON, which senders also use.
      const pretty = JSON.stringify(JSON.parse(part[1]!.replace(/"id":\d+,/, "")), null, 2);
      await postTweets(url, "application/json", part[0]!);
      await postTweets(url, "application/json; charset=utf-8", pretty);
      const bad = rejectableTweets[sent / 25]?.line;
      await postTweets(
        url,
        "application/x-ndjson",
        lines([...part.slice(2), ...(bad === undefined ? [] : [bad])]),
      );
      await pause(1_000);
    }
  }

  async function strikeAll(): Promise<void> {
    await pause(4_000);
    await stage.elasticsearch.kill();
    await pause(8_000);
    await stage.elasticsearch.start();
    await pause(4_000);
    // The gateway restarts them.
    const functions = ["sentiment", "tweet-enrich"].flatMap((name) => stage.functionPids(name));
    for (const pid of functions) process.kill(pid, "SIGKILL");
    await pause(4_000);
    await stage.nifi.kill();
    await pause(1_000);
    await stage.nifi.start();
  }

  async function countStored(): Promise<number> {
    return countDocuments(stage.elasticsearch.url).catch(() => 0);
  }

  it("stores the tweets of both flows once each, although processes are killed by SIGKILL", async () => {
    const striking = strikeAll();
    await Promise.all([striking, ...flows.map((flow) => sendAll(flow, striking))]);
    await waitFor("all documents", async () => (await countStored()) >= 2 * count, 180_000);
    await waitFor("the end of what is queued", async () => (await stage.queued()) === 0, 60_000);
    expect(await countStored()).toBe(2 * count);
  });

  it("gives each document its id, its month, its sentiment and all fields of the index template", async () => {
    const expected = new Map(
      flows.flatMap((flow) => tweets[flow].map((tweet) => [tweet.id, { tweet, flow }])),
    );
    for await (const hit of documents(stage.elasticsearch.url)) {
      const { tweet, flow } = expected.get(hit._id)!;
      expected.delete(hit._id);
      expect(hit).toMatchObject({ _index: tweet.index, _source: toExpectedDocument(tweet) });
      expect(hit._source).toMatchObject({
        Date: expect.stringMatching(/^\w{3}, \d\d \w{3} \d{4} [\d:]{8} GMT$/),
        "X-Start-Time": expect.any(Number),
      });
      expect(Math.abs(Date.now() - (hit._source["X-Start-Time"] as number))).toBeLessThan(8 * 60_000);
      if (flow === "twitter-sentiment")
        expect(hit._source).toMatchObject({
          "X-Duration-Seconds": expect.any(Number),
          "Content-Length": expect.any(Number),
        });
    }
    expect([...expected.keys()]).toEqual([]);
  });

  it.each(flows)("writes refused tweets to the dead-letter topic, with the reason, from %s", async (flow) => {
    const letters = selectLetters(flow, await readTopic(stage.kafka.brokers, "twitter.dead-letter"));
    // A kill of NiFi may repeat some.
    expect([...new Set(summarize(letters))]).toEqual(refusedLetters(flow));
    for (const { headers } of letters) expect(headers["dead-letter-reason"]).toMatch(/\w/);
  });

  it("tells clients of the listener what is wrong, and accepts nothing that Kafka has not stored", async () => {
    const post = async (body: string, method = "POST", path = "") => {
      const answer = await fetch(stage.listeners["twitter-sentiment"] + path, {
        method,
        ...(method === "GET" ? {} : { body, headers: { "content-type": "application/json" } }),
      });
      const text = await answer.text();
      return { status: answer.status, type: answer.headers.get("content-type"), text };
    };
    for (const [body, status, code] of [
      ["", 400, "invalid_json"],
      ["{broken", 400, "invalid_json"],
      [JSON.stringify("kind ".repeat(200_001)), 413, "body_too_large"],
    ] as const) {
      const answer = await post(body);
      expect([answer.status, answer.type]).toEqual([status, "application/problem+json"]);
      expect(JSON.parse(answer.text)).toEqual(problem(status, code));
    }
    expect((await post("", "GET")).status).toBe(405);
    expect((await post("x", "POST", "/elsewhere")).status).toBe(404);

    await stage.kafka.kill();
    const tweet = sampleTweets(1, 2 * count)[0]!;
    const refused = await post(tweet.json);
    expect(JSON.parse(refused.text)).toEqual(problem(503, "peer_unavailable"));
    await stage.kafka.start();
    await postTweets(stage.listeners["twitter-sentiment"], "application/json", tweet.json);
    await waitFor("its document", async () => (await countStored()) > 2 * count, 90_000);
  });

  it("finds tweets by Twitter's search once its token is set: each one once, page by page", async () => {
    await using twitter = await startTwitterSearch("the-token");
    const publish = (from: number, to: number) =>
      twitter.tweets.push(...Array.from({ length: to - from }, (_, index) => makeSearchTweet(from + index)));
    publish(0, 130);
    const before = await countStored();
    expect(await stage.command(["status"])).toMatch(/off: .*TWITTER_AUTHORIZATION/);
    const search = {
      TWITTER_AUTHORIZATION: "Bearer the-token",
      TWITTER_SEARCH_URL: twitter.url,
      TWITTER_INTERVAL: "2 sec",
    };
    await stage.command(["deploy"], search);
    // The first search takes the newest page.
    await waitFor("the first page", async () => (await countStored()) === before + 100, 60_000);
    const first = Object.fromEntries(twitter.requests[0]!);
    expect(first).toEqual({
      query: "(covid19 OR covid-19) lang:en",
      max_results: "100",
      expansions: "author_id",
      "user.fields": "username,name",
      "tweet.fields": "created_at,lang",
    });

    // Three pages, while Twitter limits the rate for a while.
    twitter.fault = { status: 429, times: 2 };
    publish(130, 380);
    await waitFor("three pages", async () => (await countStored()) === before + 350, 60_000);
    const newest = twitter.tweets.at(-1)!;
    await waitFor(
      "a search for newer tweets",
      () => twitter.requests.at(-1)?.get("since_id") === newest.id,
      30_000,
    );

    // NiFi was off for more than a week.
    twitter.oldest = BigInt(newest.id) + 1n;
    publish(380, 390);
    await waitFor("what is newer", async () => (await countStored()) >= before + 360, 60_000);

    const expected = new Map(twitter.tweets.map((tweet) => [tweet.id, tweet]));
    for await (const { _id, _index, _source } of documents(stage.elasticsearch.url)) {
      const tweet = expected.get(_id);
      if (tweet === undefined) continue;
      expect(_index).toBe("sentiment-2026-10");
      expect(_source).toMatchObject({
        "twitter.created_at": "Thu Oct 08 09:10:11 +0000 2026",
        "twitter.handle": tweet.author.username,
        "twitter.user": tweet.author.name,
        "twitter.msg": tweet.text,
      });
    }
    expect(await readTopic(stage.kafka.brokers, "twitter.dead-letter")).not.toContainEqual(
      expect.objectContaining({ value: expect.stringContaining("Found") }),
    );
  });
});

function toExpectedDocument(tweet: SampleTweet): Partial<Hit["_source"]> {
  const { created_at, text, user } = JSON.parse(tweet.json);
  return {
    "twitter.created_at": created_at,
    "twitter.handle": user.screen_name,
    "twitter.user": user.name,
    "twitter.msg": text,
    polarity: tweet.polarity,
    subjectivity: tweet.subjectivity,
    sentence_count: tweet.sentence_count,
  };
}

function makeSearchTweet(number: number): FoundTweet {
  return {
    id: String(1_900_000_000_000_000_000n + BigInt(number)),
    text: `Found "${number}":\n\\ it's a great day, $1 🚀`,
    created_at: "2026-10-08T09:10:11.000Z",
    lang: "en",
    author: { id: `70${number % 7}`, username: `user${number % 7}`, name: `User "${number % 7}" é` },
  };
}
