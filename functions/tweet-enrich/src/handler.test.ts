import { invoke } from "@platform/shared/testing/invoke";

import handler = require("./handler.ts");

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
  Date: expect.stringMatching(/^\w{3}, \d{2} \w{3} \d{4} \d{2}:\d{2}:\d{2} GMT$/),
};

const retweet = {
  ...v1,
  text: "RT @bert: This long story ends in a way that nobody in the whole wide town had seen com…",
  retweeted_status: {
    id_str: "49",
    text: "This long story … https://t.co/x",
    truncated: true,
    extended_tweet: {
      full_text:
        "This long story ends in a way that nobody in the whole wide town had seen coming, and it is wonderful and perfect",
    },
    user: { screen_name: "bert", name: "Bert" },
  },
};

const post = (body: string, type = "application/json") =>
  invoke(handler, { body, headers: { "content-type": type } });
const enriched = async (tweet: unknown) => JSON.parse((await post(JSON.stringify(tweet))).body);

describe("tweet-enrich", () => {
  it("converts a v1.1 tweet to a document", async () => {
    expect(await enriched(v1)).toEqual(document);
  });

  it("converts a v2 tweet with its author in includes to the same document", async () => {
    const tweet = {
      data: { id: "1", text: "People are kind", created_at: "2018-10-10T20:19:24.000Z", author_id: "7" },
      includes: {
        users: [
          { id: "6", username: "bob" },
          { id: "7", username: "ada", name: "Ada Lovelace" },
        ],
      },
    };
    expect(await enriched(tweet)).toEqual(document);
  });

  it("has null for the fields that a bare v2 tweet lacks", async () => {
    expect(await enriched({ id: "1", text: "People are kind", author_id: "7" })).toEqual({
      ...document,
      "twitter.created_at": null,
      "twitter.handle": null,
      "twitter.user": null,
    });
  });

  it("reads the full text of a long v1.1 tweet", async () => {
    expect(await enriched({ ...v1, text: "Peo…", extended_tweet: { full_text: "People are kind" } })).toEqual(
      document,
    );
    expect(await enriched({ ...v1, text: undefined, full_text: "People are kind" })).toEqual(document);
  });

  it.each([
    "application/json",
    "text/plain",
    "application/octet-stream",
    "application/x-www-form-urlencoded",
  ])("accepts a tweet, an array and NDJSON under the type %s", async (type) => {
    expect(JSON.parse((await post(JSON.stringify(v1), type)).body)).toEqual(document);
    expect(JSON.parse((await post(JSON.stringify([v1, v1]), type)).body)).toEqual([document, document]);
    const lines = (await post(`${JSON.stringify(v1)}\n${JSON.stringify(v1)}\n`, type)).body
      .trimEnd()
      .split("\n");
    expect(lines.map((line) => JSON.parse(line))).toEqual([document, document]);
  });

  it("reports a bad tweet at its index in the batch", async () => {
    const answered = await post(
      `${JSON.stringify(v1)}\n{"id":7}\n{broken\n{"delete":{}}\n${JSON.stringify(v1)}`,
      "application/x-ndjson",
    );
    expect(answered.statusCode).toBe(200);
    expect(
      answered.body
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual([
      document,
      { index: 1, error: { status: 422, code: "not_a_tweet", detail: expect.any(String) } },
      { index: 2, error: { status: 400, code: "invalid_json", detail: expect.any(String) } },
      { index: 3, skipped: "delete" },
      document,
    ]);
  });

  it.each([
    ["no object", "[]x", 400, "invalid_json"],
    ["a number", "7", 422, "not_a_tweet"],
    ["null", "null", 422, "not_a_tweet"],
    ["no text", '{"id":1}', 422, "not_a_tweet"],
    ["an empty text", '{"text":" "}', 422, "empty_text"],
    ["a date in an unknown format", '{"text":"x","created_at":"soon"}', 422, "invalid_created_at"],
    ["a text above the length limit", `{"text":"${"x".repeat(100_001)}"}`, 422, "text_too_long"],
    ["an empty body", "", 400, "empty_body"],
  ])("answers %s with a clear error", async (_, body, status, code) => {
    const answered = await post(body);
    expect(answered.headers["content-type"]).toBe("application/problem+json");
    expect(JSON.parse(answered.body)).toMatchObject({ status, code });
  });

  it("skips a notice", async () => {
    const { statusCode, body } = await post('{"delete":{"status":{"id_str":"1"}}}');
    expect({ statusCode, answer: JSON.parse(body) }).toEqual({
      statusCode: 200,
      answer: { skipped: "delete" },
    });
  });

  it.each([
    ["a retweet's whole text", retweet, 0.41],
    ["an escaped heart", { ...v1, text: "This place &lt;3" }, 1],
    ["a text truncated within an emoji", { ...v1, text: "This is good \ud83d" }, 0.7],
    ["the same text as U+FFFD", { ...v1, text: "This is good \ufffd" }, 0.7],
  ])("scores %s", async (_, tweet, polarity) => {
    expect(await enriched(tweet)).toMatchObject({ polarity });
  });

  it("answers an array within a batch at its index", async () => {
    const { body } = await post(`${JSON.stringify([v1, 7])}\n${JSON.stringify(v1)}\n`);
    expect(
      body
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual([[document, { index: 1, error: expect.objectContaining({ code: "not_a_tweet" }) }], document]);
  });

  it("returns the tweet without a score for ?detail=tweet", async () => {
    const call = { body: JSON.stringify([v1, 7]), headers: { "content-type": "application/json" } };
    const { body } = await invoke(handler, { ...call, path: "/?detail=tweet" });
    expect(JSON.parse(body)).toEqual([
      {
        id: "1050118621198921728",
        index: "sentiment-2018-10",
        version: null,
        "twitter.created_at": "Wed Oct 10 20:19:24 +0000 2018",
        "twitter.handle": "ada",
        "twitter.msg": "People are kind",
        "twitter.user": "Ada Lovelace",
      },
      { index: 1, error: expect.objectContaining({ code: "not_a_tweet" }) },
    ]);
  });

  it.each(["detail=tweets", "details=tweet"])("refuses the query %s", async (query) => {
    const { statusCode, body } = await invoke(handler, { body: JSON.stringify(v1), path: `/?${query}` });
    expect({ statusCode, code: JSON.parse(body).code }).toEqual({ statusCode: 400, code: "invalid_query" });
  });
});
