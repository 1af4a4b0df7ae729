import { parseTweet, toTextTweet } from "./parse-tweet.ts";

it("reads a string as a tweet with only a text", () => {
  expect(toTextTweet("People are kind")).toEqual({
    id: undefined,
    text: "People are kind",
    createdAt: undefined,
    handle: undefined,
    user: undefined,
  });
});

it.each([
  ["an object without a text", '{"id":1}'],
  ["a text that is not a string", '{"text":{"text":"x"}}'],
  ["a prototype with a text", '{"__proto__":{"text":"x"}}'],
])("finds no tweet in %s", (_, json) => {
  expect(parseTweet(JSON.parse(json))).toBeUndefined();
});

it("refuses a text above the length limit", () => {
  const longest = "x".repeat(100_000);
  expect(parseTweet({ text: longest })?.text).toBe(longest);
  const refused = expect.objectContaining({ status: 422, code: "text_too_long" });
  expect(() => parseTweet({ text: `${longest}x` })).toThrow(refused);
  expect(() => toTextTweet(`${longest}x`)).toThrow(refused);
});

it.each(["handle", "user"])("refuses a %s above the length limit", (name) => {
  expect(parseTweet({ text: "x", [name]: "a".repeat(1_000) })).toBeDefined();
  expect(() => parseTweet({ text: "x", [name]: "a".repeat(1_001) })).toThrow(
    expect.objectContaining({ code: "text_too_long" }),
  );
});

it("replaces lone surrogates in all texts", () => {
  const cut = "kind \ud83d";
  expect(parseTweet({ text: cut, id: cut, handle: cut, user: cut })).toMatchObject({
    text: "kind \ufffd",
    id: "kind \ufffd",
    handle: "kind \ufffd",
    user: "kind \ufffd",
  });
  expect(toTextTweet(cut).text).toBe("kind \ufffd");
});

it("ignores names that are not strings", () => {
  const user = { screen_name: 7, name: ["Ada"] };
  expect(parseTweet({ id_str: "1", text: "x", user })).toMatchObject({ handle: undefined, user: undefined });
});
