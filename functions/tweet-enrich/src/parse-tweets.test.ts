import { FunctionRequest } from "@platform/shared/function/request";
import { parseTweets } from "./parse-tweets.ts";

const parse = (body: string, { type = "application/json", limit = 10 } = {}) =>
  parseTweets(new FunctionRequest({ body: Buffer.from(body), headers: { "content-type": type } }), {
    MAX_BATCH_ITEMS: limit,
  });
const textAlone = (text: string) => ({
  id: undefined,
  text,
  createdAt: undefined,
  handle: undefined,
  user: undefined,
});
const itemError = (index: number, status: number, code: string, detail: unknown = expect.any(String)) => ({
  index,
  error: { status, code, detail },
});

describe("a page of v2", () => {
  const page = {
    data: [
      { id: "1", text: "People are kind", author_id: "7" },
      { id: "2", text: "It is bad", author_id: "8" },
      { id: "3", text: "Whose is it?", author_id: "9" },
      { id: "4" },
      "People are kind",
    ],
    includes: {
      users: [
        { id: "8", username: "bob", name: "Bob" },
        { id: "7", username: "ada", name: "Ada" },
      ],
    },
    meta: { result_count: 5, next_token: "b26v89c19zqg8o3f" },
  };

  it("becomes an array of its tweets, each with its author", () => {
    const batch = parse(JSON.stringify(page, undefined, 2));
    expect(batch.form).toBe("array");
    expect(batch.entries()).toEqual([
      { ...textAlone("People are kind"), id: "1", handle: "ada", user: "Ada" },
      { ...textAlone("It is bad"), id: "2", handle: "bob", user: "Bob" },
      { ...textAlone("Whose is it?"), id: "3" },
      itemError(3, 422, "not_a_tweet"),
      itemError(4, 422, "not_a_tweet"),
    ]);
  });

  it.each(['{"meta":{"result_count":0}}', '{"data":[],"meta":{"result_count":0}}'])(
    "becomes an empty array without results: %s",
    (body) => {
      expect(parse(body)).toMatchObject({ form: "array", items: [] });
    },
  );

  it("is refused above MAX_BATCH_ITEMS", () => {
    expect(() => parse(JSON.stringify(page), { limit: 4 })).toThrow(
      expect.objectContaining({ status: 413, code: "too_many_items" }),
    );
    expect(parse(JSON.stringify(page), { limit: 5 }).items).toHaveLength(5);
  });

  it("becomes an array within the batch when it is an item or a line", () => {
    const single = { ...textAlone("x"), id: "1" };
    const entries = [single, parse(JSON.stringify(page)).entries()];
    const items = ['{"id":"1","text":"x"}', JSON.stringify(page)];
    expect(parse(`[${items}]`).entries()).toEqual(entries);
    expect(parse(items.join("\n")).entries()).toEqual(entries);
    expect(parse(items.join("\n")).remarks()).toEqual([
      { index: 1, items: [itemError(3, 422, "not_a_tweet"), itemError(4, 422, "not_a_tweet")] },
    ]);
  });

  it("is parsed in linear time", () => {
    const retweet = (id: string) => [{ type: "retweeted", id: `0${id}` }];
    const ids = Array.from({ length: 30_000 }, (_, index) => String(index));
    const large = {
      data: ids.map((id) => ({ id, text: "x", author_id: id, referenced_tweets: retweet(id) })),
      includes: {
        users: ids.map((id) => ({ id, username: `user${id}` })),
        tweets: ids.map((id) => ({ id: `0${id}`, text: `text ${id}` })),
      },
    };
    const started = performance.now();
    expect(parse(JSON.stringify(large), { limit: 30_000 }).items[29_999]).toMatchObject({
      handle: "user29999",
      text: "text 29999",
    });
    // About 200 ms; a search through all authors for each tweet takes more than ten seconds.
    expect(performance.now() - started).toBeLessThan(6000);
  });
});

describe("a text alone", () => {
  it.each([
    ["a JSON string", '"People are kind"', "People are kind"],
    ["a JSON string with escapes", '"She said \\"hi\\""', 'She said "hi"'],
    ["CSV with doubled quotes", '"She said ""hi"" to me"', 'She said "hi" to me'],
    ["CSV with quotes at its ends", '"""hi"""\r\n', '"hi"'],
    ["CSV with a line break, ended by one", '"First, this\r\nthen that"\n', "First, this\r\nthen that"],
    ["CSV with a backslash", '"a \\ b"', "a \\ b"],
  ])("is accepted as %s", (_, body, text) => {
    const batch = parse(body, { type: "text/csv" });
    expect(batch.form).toBe("single");
    expect(batch.entries()).toEqual([textAlone(text)]);
  });

  it("may be an item of a batch", () => {
    expect(parse('["People are kind",7]').entries()).toEqual([
      textAlone("People are kind"),
      itemError(1, 422, "not_a_tweet"),
    ]);
    const lines = parse('"People are kind"\n""\n');
    expect(lines.form).toBe("ndjson");
    expect(lines.entries()).toEqual([textAlone("People are kind"), textAlone("")]);
  });

  it.each(["People are kind", '"', '"a" b"', '"a""', '"a","b"'])("is not %p", (body) => {
    expect(() => parse(body, { type: "text/csv" })).toThrow(
      expect.objectContaining({ status: 400, code: "invalid_json" }),
    );
  });

  it("is JSON in a line of NDJSON, never CSV", () => {
    expect(parse('"a ""b"" c"', { type: "application/x-ndjson" }).entries()).toEqual([
      itemError(0, 400, "invalid_json"),
    ]);
  });

  it("may fill the whole body", () => {
    expect(() => parse(`"${'""'.repeat(2_000_000)}"`)).toThrow(
      expect.objectContaining({ status: 422, code: "text_too_long" }),
    );
  });
});

it.each([
  ["an array", '["a","b","c"]', "application/json"],
  ["NDJSON", '"a"\n"b"\n"c"', "application/json"],
  ["NDJSON by its type", '"a"\n"b"\n"c"', "application/x-ndjson"],
])("refuses too many items: %s", (_, body, type) => {
  expect(() => parse(body, { type, limit: 2 })).toThrow(
    expect.objectContaining({ status: 413, code: "too_many_items" }),
  );
});

it.each([
  ["a line of NDJSON", '"a"\n["b","c","d"]\n', "application/json"],
  ["an item of an array", '["a",{"statuses":["b","c","d"]}]', "application/json"],
])("refuses %s that alone exceeds MAX_BATCH_ITEMS", (_, body, type) => {
  expect(parse(body, { type, limit: 2 }).entries()).toEqual([
    textAlone("a"),
    itemError(1, 413, "too_many_items"),
  ]);
});

it("refuses a body whose lines together exceed MAX_BATCH_ITEMS", () => {
  const body = '["a","b"]\n["c","d"]\n';
  expect(() => parse(body, { limit: 3 })).toThrow(
    expect.objectContaining({ status: 413, code: "too_many_items" }),
  );
  expect(parse(body, { limit: 4 }).values()).toHaveLength(4);
});

it("becomes a batch when the whole body is wrapped", () => {
  const body = JSON.stringify({ topic: "t", value: '{"statuses":["a","b"]}' });
  expect(parse(body)).toMatchObject({ form: "array", items: [textAlone("a"), textAlone("b")] });
});

describe("a notice", () => {
  it("is skipped when it is the whole body", () => {
    expect(parse('{"limit":{"track":5}}')).toMatchObject({ form: "single", items: [{ reason: "limit" }] });
  });

  it("keeps its index among tweets", () => {
    expect(parse('"a"\n\n{"delete":{"status":{"id_str":"1"}}}\n"b"\n').entries()).toEqual([
      textAlone("a"),
      { index: 1, skipped: "delete" },
      textAlone("b"),
    ]);
  });
});

describe("a file of Twitter's archive", () => {
  const tweets = '[ { "tweet": {"id_str":"1","full_text":"People are kind"} } ]';

  it("is read without the assignment before its array", () => {
    for (const body of [`window.YTD.tweets.part0 = ${tweets}`, `window.YTD.tweet.part12=\n${tweets}\n`])
      expect(parse(body).entries()).toEqual([{ ...textAlone("People are kind"), id: "1" }]);
  });

  it.each([`window.YTD.tweets.part0 = ${tweets};alert(1)`, `window.other = ${tweets}`, "window.YTD"])(
    "is not %s",
    (body) => {
      expect(() => parse(body)).toThrow(expect.objectContaining({ status: 400, code: "invalid_json" }));
    },
  );
});
