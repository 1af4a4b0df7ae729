import { parseTweet } from "../parse-tweet.ts";

const uri = "at://did:plc:z72i7hdynmk6r22z27h6tvur/app.bsky.feed.post/3l6oveex3ii2l";
const record = {
  $type: "app.bsky.feed.post",
  createdAt: "2024-10-17T17:46:00.123Z",
  langs: ["en"],
  text: "People are kind",
};
const post = {
  uri,
  cid: "bafyreidxsyqnjb6osbe6ycmdoqyvmdrlsdbtqvckvxmqcmcqnk3m4zvgae",
  author: {
    did: "did:plc:z72i7hdynmk6r22z27h6tvur",
    handle: "ada.bsky.social",
    displayName: "Ada Lovelace",
  },
  record,
  replyCount: 0,
  likeCount: 3,
  indexedAt: "2024-10-17T17:46:01.000Z",
};
const event = {
  did: "did:plc:z72i7hdynmk6r22z27h6tvur",
  time_us: 1729187160123456,
  kind: "commit",
  commit: {
    rev: "3l6oveey7oi2l",
    operation: "create",
    collection: "app.bsky.feed.post",
    rkey: "3l6oveex3ii2l",
    record,
    cid: "bafyreidxsyqnjb6osbe6ycmdoqyvmdrlsdbtqvckvxmqcmcqnk3m4zvgae",
  },
};
const tweet = {
  id: uri,
  text: "People are kind",
  createdAt: new Date("2024-10-17T17:46:00.123Z"),
  handle: "ada.bsky.social",
  user: "Ada Lovelace",
};

it("reads a post of getPosts", () => {
  expect(parseTweet(post)).toEqual(tweet);
});

it("reads an item of a feed", () => {
  expect(parseTweet({ post, reply: { parent: post } })).toEqual(tweet);
});

it("reads a Jetstream event, which has the same id but only the did of the author", () => {
  expect(parseTweet(event)).toEqual({ ...tweet, version: 1729187160123, handle: event.did, user: undefined });
});

it("reads a record alone", () => {
  expect(parseTweet(record)).toEqual({ ...tweet, id: undefined, handle: undefined, user: undefined });
});

it("reads a post of an author without a display name", () => {
  expect(parseTweet({ ...post, author: { ...post.author, displayName: "" } })?.user).toBeUndefined();
});

it("uses the time of the event as version, independent of the author's clock", () => {
  const edited = { ...record, text: "People are good", createdAt: "2024-10-18T17:46:00Z" };
  const update = {
    ...event,
    time_us: event.time_us + 60_000_000,
    commit: { ...event.commit, operation: "update", record: edited },
  };
  expect(parseTweet(update)).toMatchObject({ id: uri, text: "People are good", version: 1729187220123 });
});

it.each([undefined, "1729187160123456", 1.5, -1, 2 ** 60])("has no version for the time %p", (time_us) => {
  expect(parseTweet({ ...event, time_us })?.version).toBeUndefined();
});

it("has no version for a post of the app's API", () => {
  expect(parseTweet(post)?.version).toBeUndefined();
});

it("reads a repository record, whose URI contains the author's did", () => {
  expect(parseTweet({ uri, cid: post.cid, value: record })).toEqual({
    ...tweet,
    handle: event.did,
    user: undefined,
  });
});

it.each([
  ["another collection", { ...event, commit: { ...event.commit, record: { $type: "app.bsky.feed.like" } } }],
  ["a text that is not a string", { ...record, text: null }],
])("finds no post in %s", (_, other) => {
  expect(parseTweet(other)).toBeUndefined();
});
