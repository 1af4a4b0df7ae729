import { parseTweet } from "../parse-tweet.ts";

const tweet = {
  id: "20",
  text: "People are kind",
  createdAt: new Date("2018-10-10T20:19:24Z"),
  handle: "ada",
  user: "Ada Lovelace",
};
const rest = { id: "20", created_at: "2018-10-10T20:19:24Z", handle: "ada", user: "Ada Lovelace" };

it.each(["text", "msg"])("reads the text in %s", (name) => {
  const textAlone = { id: undefined, createdAt: undefined, handle: undefined, user: undefined };
  expect(parseTweet({ [name]: "People are kind", ...rest })).toEqual(tweet);
  expect(parseTweet({ [name]: "People are kind" })).toEqual({ ...textAlone, text: "People are kind" });
});

it("reads an author with only one name", () => {
  expect(parseTweet({ text: "People are kind", handle: "ada" })).toMatchObject({ handle: "ada" });
  expect(parseTweet({ text: "People are kind", user: "Ada" })).toMatchObject({ user: "Ada" });
});

it("reads a numeric id, unless JSON.parse has rounded it", () => {
  expect(parseTweet({ msg: "x", id: 20 })?.id).toBe("20");
  expect(parseTweet({ msg: "x", id: 2 ** 60 })?.id).toBeUndefined();
});

it("reads its own documents", () => {
  const document = {
    "twitter.created_at": "Wed Oct 10 20:19:24 +0000 2018",
    "twitter.handle": "ada",
    "twitter.msg": "People are kind",
    "twitter.user": null,
    polarity: 0.6,
    subjectivity: 0.9,
    sentence_count: 1,
    Date: "Wed, 10 Oct 2018 20:19:25 GMT",
  };
  expect(parseTweet(document)).toEqual({ ...tweet, id: undefined, user: undefined });
  expect(parseTweet({ ...document, "twitter.id": "20" })?.id).toBe("20");
});

it("reads NiFi's attributes, where an empty string means a missing attribute", () => {
  const attributes = {
    "twitter.msg": "People are kind",
    "twitter.created_at": "",
    "twitter.handle": "ada",
    "twitter.user": "",
  };
  expect(parseTweet(attributes)).toEqual({
    ...tweet,
    id: undefined,
    createdAt: undefined,
    user: undefined,
  });
});

it.each([
  { text: "a &lt; b" },
  { text: "a &lt; b", handle: "ada", id: "20" },
  { text: "a &lt; b", user: "Ada", id_str: "20" },
  { msg: "a &lt; b", id: "20" },
  { "twitter.msg": "a &lt; b", id: "20" },
])("keeps the text unchanged: %j", (value) => {
  expect(parseTweet(value)?.text).toBe("a &lt; b");
});
