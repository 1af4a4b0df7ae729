import { parseTweet } from "../parse-tweet.ts";

const v1 = {
  created_at: "Wed Oct 10 20:19:24 +0000 2018",
  id: 2 ** 60,
  id_str: "1050118621198921728",
  text: "People are kind",
  truncated: false,
  user: { id: 6253282, id_str: "6253282", name: "Ada Lovelace", screen_name: "ada" },
  lang: "en",
};
const v2 = {
  data: {
    id: "1050118621198921728",
    text: "People are kind",
    author_id: "6253282",
    created_at: "2018-10-10T20:19:24.000Z",
  },
  includes: {
    users: [
      { id: "7", name: "Bob", username: "bob" },
      { id: "6253282", name: "Ada Lovelace", username: "ada" },
    ],
  },
};
const tweet = {
  id: "1050118621198921728",
  text: "People are kind",
  createdAt: new Date("2018-10-10T20:19:24Z"),
  handle: "ada",
  user: "Ada Lovelace",
};
const anonymous = { ...tweet, handle: undefined, user: undefined };

it("reads a tweet of API v1.1", () => {
  expect(parseTweet(v1)).toEqual(tweet);
});

it("reads a tweet of API v2 with its author among the includes", () => {
  expect(parseTweet(v2)).toEqual(tweet);
});

it("reads a tweet of API v2 without an author", () => {
  expect(parseTweet(v2.data)).toEqual(anonymous);
  expect(parseTweet({ data: v2.data })).toEqual(anonymous);
});

it("has no author for a tweet without author_id", () => {
  const { author_id: _, ...data } = v2.data;
  const users = [null, { name: "Nobody", username: "nobody" }, ...v2.includes.users];
  expect(parseTweet({ data, includes: { users } })).toEqual(anonymous);
});

it.each([
  ["extended_tweet of v1.1's streams", { text: "Peo…", extended_tweet: { full_text: "People are kind" } }],
  ["full_text of v1.1's tweet_mode=extended", { text: undefined, full_text: "People are kind" }],
  ["note_tweet of v2", { text: "Peo…", note_tweet: { text: "People are kind" } }],
])("reads the full text of a long tweet from %s", (_, texts) => {
  expect(parseTweet({ ...v1, ...texts })).toEqual(tweet);
  expect(parseTweet({ data: { ...v2.data, ...texts }, includes: v2.includes })).toEqual(tweet);
});

describe("a retweet", () => {
  const cut = "RT @bob: People are k…";
  const bob = { screen_name: "bob", name: "Bob" };

  it.each([
    ["its text", { id_str: "49", text: "People are kind", user: bob }],
    ["extended_tweet", { text: "Peo…", extended_tweet: { full_text: "People are kind" }, user: bob }],
    ["full_text", { full_text: "People are kind", user: bob }],
  ])(
    "of v1.1 has the full text of the original tweet from %s, and its own id, date and author",
    (_, other) => {
      expect(parseTweet({ ...v1, text: cut, retweeted_status: other })).toEqual(tweet);
      const extended = { full_text: cut };
      expect(parseTweet({ ...v1, text: cut, extended_tweet: extended, retweeted_status: other })).toEqual(
        tweet,
      );
    },
  );

  it.each([
    ["its text", { text: "People are kind" }],
    ["note_tweet", { text: "Peo…", note_tweet: { text: "People are kind" } }],
  ])("of v2 has the text from %s in the includes", (_, other) => {
    const data = { ...v2.data, text: cut, referenced_tweets: [{ type: "retweeted", id: "49" }] };
    const includes = {
      ...v2.includes,
      tweets: [
        { id: "48", text: "x" },
        { id: "49", ...other },
      ],
    };
    expect(parseTweet({ data, includes })).toEqual(tweet);
  });

  it("keeps its own text when the original tweet is missing", () => {
    expect(parseTweet({ ...v1, text: cut, retweeted_status: { id_str: "49" } })?.text).toBe(cut);
    const referenced_tweets = [{ type: "retweeted", id: "49" }];
    expect(parseTweet({ data: { ...v2.data, text: cut, referenced_tweets } })?.text).toBe(cut);
  });

  it("differs from a quote, which has its own text", () => {
    const other = { id: "49", id_str: "49", text: "It is bad" };
    expect(parseTweet({ ...v1, quoted_status: other })).toEqual(tweet);
    const data = { ...v2.data, referenced_tweets: [{ type: "quoted", id: "49" }] };
    expect(parseTweet({ data, includes: { ...v2.includes, tweets: [other] } })).toEqual(tweet);
  });
});

it.each([
  ["text of v1.1", { ...v1, text: "R&amp;D: &amp;lt; is &lt;" }],
  ["full_text", { id_str: "1", full_text: "R&amp;D: &amp;lt; is &lt;" }],
  ["a retweet", { ...v1, text: "RT", retweeted_status: { text: "R&amp;D: &amp;lt; is &lt;" } }],
  ["a tweet of v2", { data: { id: "1", text: "R&amp;D: &amp;lt; is &lt;" } }],
  ["a bare tweet of v2", { id: "1", text: "R&amp;D: &amp;lt; is &lt;" }],
  [
    "a text with v1.1's date",
    { created_at: "Wed Oct 10 20:19:24 +0000 2018", text: "R&amp;D: &amp;lt; is &lt;" },
  ],
  ["note_tweet", { id: "1", text: "R", note_tweet: { text: "R&amp;D: &amp;lt; is &lt;" } }],
])("decodes Twitter's entities once in %s", (_, value) => {
  expect(parseTweet(value)?.text).toBe("R&D: &lt; is <");
});

it.each([
  ["id_str before a number", { id: 5, id_str: "6" }, "6"],
  ["a number", { id: 20 }, "20"],
  ["not a number that JSON.parse has rounded", { id: 2 ** 60 }, undefined],
  ["not an empty string", { id: "" }, undefined],
])("reads as the id %s", (_, ids, id) => {
  expect(parseTweet({ text: "People are kind", ...ids })?.id).toBe(id);
});
