import { parseTweet } from "./parse-tweet.ts";

it("takes a string for the text alone", () => {
  expect(parseTweet("People are kind")).toEqual({
    id: undefined,
    text: "People are kind",
    createdAt: undefined,
    handle: undefined,
    user: undefined,
  });
});

it.each([
  ["a number", "7"],
  ["null", "null"],
  ["an array", '["x"]'],
  ["an object without a text", '{"delete":{"status":{"id":1}}}'],
  ["a text that is no string", '{"text":{"text":"x"}}'],
  ["a prototype with a text", '{"__proto__":{"text":"x"}}'],
])("refuses %s", (_, json) => {
  expect(() => parseTweet(JSON.parse(json))).toThrow(
    expect.objectContaining({ status: 422, code: "not_a_tweet" }),
  );
});

it("refuses a text longer than any post", () => {
  const longest = "x".repeat(100_000);
  expect(parseTweet({ text: longest }).text).toBe(longest);
  for (const tooLong of [`${longest}x`, { text: `${longest}x` }]) {
    expect(() => parseTweet(tooLong)).toThrow(
      expect.objectContaining({ status: 422, code: "text_too_long" }),
    );
  }
});
