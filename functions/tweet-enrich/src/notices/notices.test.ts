import { Deletion } from "../deletion.ts";
import { parseItem } from "../parse-item.ts";
import { notices } from "./notices.ts";

const did = "did:plc:z72i7hdynmk6r22z27h6tvur";
const commit = (rest: object) => ({ did, time_us: 1, kind: "commit", commit: { rkey: "3l6", ...rest } });
const record = (type: string) => ({ $type: type, createdAt: "2024-10-17T17:46:00Z" });
const toMastodonNotice = (event: string, payload?: unknown) => ({ stream: ["user"], event, payload });

it.each([
  ["limit", { limit: { track: 5, timestamp_ms: "1" } }],
  ["scrub_geo", { scrub_geo: { user_id_str: "7", up_to_status_id_str: "20" } }],
  ["status_withheld", { status_withheld: { id: 20, user_id: 7, withheld_in_countries: ["DE"] } }],
  ["user_withheld", { user_withheld: { id: 7, withheld_in_countries: ["DE"] } }],
  ["disconnect", { disconnect: { code: 4, stream_name: "", reason: "" } }],
  ["warning", { warning: { code: "FALLING_BEHIND", message: "…", percent_full: 60 } }],
  ["direct_message", { direct_message: { id: 1, text: "private" } }],
  ["event", { event: "favorite", source: {}, target: {}, target_object: { id: 1 }, created_at: "x" }],
  ["event", { for_user_id: "7", favorite_events: [{ id: "1" }] }],
  ["friends", { friends: [1, 2] }],
  ["errors", { errors: [{ title: "operational-disconnect" }] }],
  ["user_suspend", { data: { user_suspend: { user: { id: "7" }, event_at: "x" } } }],
  ["tweet_edit", { data: { tweet_edit: { tweet: { id: "20" }, event_at: "x" } } }],
  ["delete", { delete: {} }],
  ["delete", { delete: { status: { id: 2 ** 60 } } }],
  [
    "like",
    commit({ operation: "create", collection: "app.bsky.feed.like", record: record("app.bsky.feed.like") }),
  ],
  ["like", commit({ operation: "delete", collection: "app.bsky.feed.like" })],
  [
    "repost",
    commit({
      operation: "create",
      collection: "app.bsky.feed.repost",
      record: record("app.bsky.feed.repost"),
    }),
  ],
  ["follow", commit({ operation: "create", collection: "app.bsky.graph.follow", record: record("x") })],
  ["other_record", commit({ operation: "create", collection: "constructor", record: record("x") })],
  ["other_record", commit({ operation: "create", collection: "app.bsky.feed.threadgate" })],
  ["like", { uri: "at://x", author: { did }, reason: "like", record: record("app.bsky.feed.like") }],
  ["identity", { did, time_us: 1, kind: "identity", identity: { did, handle: "ada.bsky.social" } }],
  ["account", { did, time_us: 1, kind: "account", account: { active: false, status: "deleted" } }],
  ["delete", toMastodonNotice("delete", "106692867363994015")],
  ["filters_changed", toMastodonNotice("filters_changed")],
  ["notification", toMastodonNotice("notification", '{"type":"follow","account":{"acct":"ada"}}')],
  ["notification", { id: "9", type: "follow", account: { acct: "ada" } }],
  ["conversation", toMastodonNotice("conversation", '{"last_status":{"content":"private","account":{}}}')],
  ["announcement", toMastodonNotice("announcement", '{"content":"<p>We move</p>"}')],
  ["announcement_reaction", toMastodonNotice("announcement.reaction", "{}")],
  ["account_created", { event: "account.created", object: { username: "ada" } }],
  ["like", { type: "Like", actor: "https://m/ada", object: "https://m/1" }],
  ["announce", { type: "Announce", actor: "https://m/ada", object: "https://m/1" }],
  ["update", { type: "Update", actor: "https://m/ada", object: { type: "Person" } }],
  ["tombstone", { topic: "twitter", partition: 0, offset: 5, key: "k", value: null }],
  ["tombstone", { topic: "twitter", key: "k", payload: null }],
  ["tombstone", { schema: null, payload: null }],
])("skips as %s: %j", (reason, value) => {
  const skipped = parseItem(value, 10);
  expect(skipped).toMatchObject({ reason });
  expect(skipped).not.toBeInstanceOf(Deletion);
  expect(notices.flatMap(({ reasons }) => reasons)).toContain(reason);
});

it.each([
  [
    "v1.1's streams",
    { delete: { status: { id: 1234, id_str: "1234", user_id: 3 }, timestamp_ms: "1" } },
    "1234",
  ],
  ["v1.1's streams, with a number", { delete: { status: { id: 1234 } } }, "1234"],
  [
    "v2's compliance streams",
    { data: { delete: { tweet: { id: "1234", author_id: "3" }, event_at: "x" } } },
    "1234",
  ],
  [
    "Jetstream",
    commit({ operation: "delete", collection: "app.bsky.feed.post" }),
    `at://${did}/app.bsky.feed.post/3l6`,
  ],
  [
    "ActivityPub",
    { type: "Delete", actor: "https://m/ada", object: { type: "Tombstone", id: "https://m/1" } },
    "https://m/1",
  ],
  [
    "ActivityPub, by address",
    { type: "Delete", actor: "https://m/ada", object: "https://m/1" },
    "https://m/1",
  ],
])("reads the id of the deleted post: %s", (_, value, id) => {
  const deletion = parseItem(value, 10);
  expect(deletion).toBeInstanceOf(Deletion);
  expect(deletion).toEqual({ reason: "delete", id });
});

it("reads each deletion in a webhook separately", () => {
  const events = [{ status: { id: "1" } }, { status: { id: "2" } }];
  expect(parseItem({ for_user_id: "7", tweet_delete_events: events }, 10)).toMatchObject({
    items: [{ id: "1" }, { id: "2" }],
  });
});

it.each([
  { id: 7 },
  {},
  { delete: true },
  { delete: {}, name: "x" },
  { name: "x", limit: {} },
  { name: "x", friends: [1] },
  { errors: [], data: null, name: "x" },
  { limit: 5 },
  { type: "Like" },
  { event: "delete" },
  { kind: "identity" },
  commit({ operation: "create", collection: "app.bsky.feed.post", record: { $type: "app.bsky.feed.post" } }),
  { name: "light", value: null },
])("is not a notice: %j", (value) => {
  expect(() => parseItem(value, 10)).toThrow(expect.objectContaining({ status: 422, code: "not_a_tweet" }));
});

it("has reasons in snake_case", () => {
  for (const { reasons } of notices)
    for (const reason of reasons) expect(reason).toMatch(/^[a-z]+(_[a-z]+)*$/);
});
