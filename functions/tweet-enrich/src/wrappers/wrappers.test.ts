import { Batch } from "@platform/shared/function/batch";
import { parseItem } from "../parse-item.ts";

const v1 = (id: string) => ({ id_str: id, text: "People are kind", user: { screen_name: "ada" } });
const status = (id: string) => ({ uri: id, content: "<p>People are kind</p>", account: { acct: "ada" } });
const record = { $type: "app.bsky.feed.post", text: "People are kind", createdAt: "2024-10-17T17:46:00Z" };
const post = (uri: string) => ({ uri, author: { handle: "ada" }, record });
const note = (id: string) => ({
  id,
  type: "Note",
  content: "People are kind",
  attributedTo: "https://m/ada",
});
const json = JSON.stringify;

/** The ids of the tweets in a value; for a single tweet, the id itself. */
function readIds(value: unknown): unknown {
  const item = parseItem(value, 10);
  return item instanceof Batch
    ? item.entries().map((entry) => (entry as { id: string }).id)
    : (item as { id: string }).id;
}

it.each([
  ["an array", [v1("1"), v1("2")]],
  ["v2's page", { data: [v1("1"), v1("2")], includes: {}, meta: { result_count: 2 } }],
  ["v1.1's search", { statuses: [v1("1"), v1("2")], search_metadata: { count: 2 } }],
  ["Mastodon's search", { accounts: [], statuses: [status("1"), status("2")], hashtags: [] }],
  ["Twitter's premium search", { results: [v1("1"), v1("2")], next: "x" }],
  ["Twitter's webhooks", { for_user_id: "7", tweet_create_events: [v1("1"), v1("2")] }],
  ["Twitter's archive", [{ tweet: v1("1") }, { tweet: v1("2") }]],
  ["v1.1's lookup", { id: { "1": v1("1"), "2": v1("2"), "3": null } }],
  ["a feed of Bluesky", { feed: [{ post: post("1") }, { post: post("2"), reply: {} }], cursor: "x" }],
  ["Bluesky's getPosts", { posts: [post("1"), post("2")] }],
  ["Bluesky's notifications", { notifications: [post("1"), post("2")] }],
  [
    "Bluesky's listRecords",
    {
      records: [
        { uri: "1", value: record },
        { uri: "2", value: record },
      ],
    },
  ],
  [
    "a thread of Bluesky",
    { thread: { post: post("1"), parent: { notFound: true }, replies: [{ post: post("2") }] } },
  ],
  ["the context of a status", { ancestors: [status("1")], descendants: [status("2")] }],
  [
    "an outbox",
    { type: "OrderedCollectionPage", orderedItems: [note("1"), { type: "Create", object: note("2") }] },
  ],
  ["records for Kafka's REST proxy", { records: [{ value: v1("1") }, { key: "k", value: json(v1("2")) }] }],
  ["a record with an array", { topic: "twitter", offset: 5, value: json([v1("1"), v1("2")]) }],
])("unwraps %s", (_, value) => {
  expect(readIds(value)).toEqual(["1", "2"]);
});

it.each([
  ["an event of Mastodon's stream", { stream: ["public"], event: "update", payload: json(status("1")) }],
  [
    "an edit in Mastodon's stream",
    { stream: ["public"], event: "status.update", payload: json(status("1")) },
  ],
  ["an event with a parsed payload", { stream: ["public"], event: "update", payload: status("1") }],
  ["an event over HTTP", { event: "update", data: json(status("1")) }],
  ["a webhook of Mastodon", { event: "status.created", created_at: "x", object: status("1") }],
  [
    "a mention",
    { event: "notification", payload: json({ type: "mention", account: {}, status: status("1") }) },
  ],
  ["a notification of Mastodon", { id: "9", type: "mention", account: {}, status: status("1") }],
  ["an activity", { type: "Create", actor: "https://m/ada", object: note("1") }],
  ["an activity with an edit", { type: "Update", actor: "https://m/ada", object: note("1") }],
  ["a site stream", { for_user: "7", message: v1("1") }],
  ["a post in an object", { post: v1("1") }],
  [
    "a record",
    { topic: "twitter", partition: 0, offset: 5, timestamp: 1, key: null, headers: {}, value: json(v1("1")) },
  ],
  ["a record of NiFi", { key: "k", value: v1("1"), metadata: { topic: "twitter" } }],
  ["a record of Kafka Connect", { schema: { type: "string" }, payload: json(v1("1")) }],
  ["a record of kcat", { topic: "twitter", ts: 1, payload: json(v1("1")) }],
  ["only a value", { value: v1("1") }],
  ["a CloudEvent", { specversion: "1.0", type: "post", data: status("1") }],
  ["a CloudEvent with a JSON text", { specversion: "1.0", type: "post", data: json(status("1")) }],
  ["a string with JSON", json(v1("1"))],
  ["several, one in another", { topic: "t", value: json({ event: "update", payload: json(status("1")) }) }],
])("unwraps %s", (_, value) => {
  expect(readIds(value)).toBe("1");
});

it.each(["{not JSON}", "[sic]", "[1]", "[]", '"quoted"', "null", " {"])(
  "reads the string %j as a text",
  (text) => {
    expect(parseItem(text, 10)).toMatchObject({ text });
  },
);

it("reads a record's value that is not JSON as a text", () => {
  expect(parseItem({ topic: "twitter", value: "[sic] People are kind" }, 10)).toMatchObject({
    text: "[sic] People are kind",
  });
});

it.each([
  ["a payload that is not JSON", { event: "update", payload: "People are kind" }, "invalid_json"],
  ["a value that is broken JSON", { topic: "twitter", value: '{"text":"Peo' }, "invalid_json"],
  ["a payload without a post", { event: "update", payload: "{}" }, "not_a_tweet"],
  ["a payload that is a number", { event: "update", payload: "7" }, "not_a_tweet"],
  ["an unknown event", { event: "updated", payload: json(status("1")) }, "not_a_tweet"],
  ["a value of another object", { name: "light", value: "on" }, "not_a_tweet"],
  ["an id that is an object", { id: { name: "x" } }, "not_a_tweet"],
  ["a data text of another object", { data: "People are kind" }, "not_a_tweet"],
  ["an object of another type", { type: "Create", object: "https://m/1" }, "not_a_tweet"],
])("refuses %s", (_, value, code) => {
  expect(() => parseItem(value, 10)).toThrow(expect.objectContaining({ code }));
});

it("reports the error of an item at its index", () => {
  const batch = parseItem({ statuses: [v1("1"), { id: 7 }, { delete: { status: { id_str: "3" } } }] }, 10);
  expect((batch as Batch<unknown>).entries()).toEqual([
    expect.objectContaining({ id: "1" }),
    { index: 1, error: expect.objectContaining({ code: "not_a_tweet" }) },
    { index: 2, skipped: "delete" },
  ]);
});

it("does not unwrap the other fields of a post", () => {
  const nested = { statuses: [v1("2")], feed: [v1("3")], tweet: v1("4"), value: v1("5"), delete: {} };
  expect(readIds({ ...v1("1"), ...nested })).toBe("1");
  expect(readIds({ ...status("1"), ...nested })).toBe("1");
});

it("unwraps at most eight levels", () => {
  const nested = (depth: number) => "[".repeat(depth) + json("People are kind") + "]".repeat(depth);
  const firstText = (value: unknown): unknown => (Array.isArray(value) ? firstText(value[0]) : value);
  const unwrap = (depth: number) => (parseItem(JSON.parse(nested(depth)), 10) as Batch<unknown>).entries();
  expect(firstText(unwrap(8))).toMatchObject({ text: "People are kind" });
  for (const depth of [9, 30_000])
    expect(firstText(unwrap(depth))).toMatchObject({ error: { code: "not_a_tweet" } });
});

it("unwraps a thread of any depth", () => {
  let thread: object = { post: post("1") };
  for (let depth = 0; depth < 20_000; depth++) thread = { parent: thread };
  expect(readIds({ thread })).toEqual(["1"]);
});
