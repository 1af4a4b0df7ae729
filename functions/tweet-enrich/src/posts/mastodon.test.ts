import { parseTweet } from "../parse-tweet.ts";

const status = {
  id: "103270115826048975",
  created_at: "2019-12-08T03:48:33.901Z",
  spoiler_text: "",
  visibility: "public",
  language: "en",
  uri: "https://mastodon.example/users/ada/statuses/103270115826048975",
  url: "https://mastodon.example/@ada/103270115826048975",
  content: "<p>People are kind</p>",
  reblog: null,
  account: { id: "1", username: "ada", acct: "ada@mastodon.example", display_name: "Ada Lovelace" },
  media_attachments: [],
  emojis: [],
};
const tweet = {
  id: "https://mastodon.example/users/ada/statuses/103270115826048975",
  text: "People are kind",
  createdAt: new Date("2019-12-08T03:48:33.901Z"),
  version: Date.parse("2019-12-08T03:48:33.901Z"),
  handle: "ada@mastodon.example",
  user: "Ada Lovelace",
};
const readText = (content: string) => parseTweet({ ...status, content })?.text;

it("reads a status", () => {
  expect(parseTweet(status)).toEqual(tweet);
});

it("reads the status in a boost, with the id of the boost", () => {
  const uri = "https://mastodon.example/users/bob/statuses/1/activity";
  const boost = { ...status, uri, content: "", account: { acct: "bob" }, reblog: status };
  expect(parseTweet(boost)).toEqual({ ...tweet, id: uri });
  expect(parseTweet({ ...boost, content: "<p>So true</p>" })).toMatchObject({
    text: "So true",
    handle: "bob",
  });
});

it("has a newer version after an edit, in a boost, too", () => {
  const edited = { ...status, content: "<p>People are good</p>", edited_at: "2019-12-09T10:00:00.000Z" };
  const version = Date.parse("2019-12-09T10:00:00.000Z");
  expect(parseTweet(edited)).toEqual({ ...tweet, text: "People are good", version });
  expect(parseTweet({ ...edited, edited_at: null })).toMatchObject({ version: tweet.version });
  expect(parseTweet({ ...status, content: "", reblog: edited })).toMatchObject({ version });
});

it("refuses an invalid edit time", () => {
  expect(() => parseTweet({ ...status, edited_at: "soon" })).toThrow(
    expect.objectContaining({ status: 422, code: "invalid_created_at" }),
  );
});

it.each([
  ["paragraphs and line breaks", "<p>One<br>two.</p><p>Three.</p>", "One\ntwo.\n\nThree."],
  ["entities", "<p>Tom &amp; Jerry &lt;3 &#39;s &quot;friends&quot;</p>", 'Tom & Jerry <3 \'s "friends"'],
  [
    "mentions and hashtags",
    '<p><span class="h-card"><a href="https://m.example/@bob" class="u-url mention">@<span>bob</span></a></span> <a href="https://m.example/tags/kind" class="mention hashtag" rel="tag">#<span>kind</span></a></p>',
    "@bob #kind",
  ],
  [
    "a link, which Mastodon shows truncated",
    '<p>See <a href="https://example.org/a/long/path" rel="nofollow"><span class="invisible">https://</span><span class="ellipsis">example.org/a/lo</span><span class="invisible">ng/path</span></a></p>',
    "See https://example.org/a/long/path",
  ],
  ["a long line whole", `<p>${"word ".repeat(100)}end</p>`, `${"word ".repeat(100)}end`],
])("converts HTML to the visible text: %s", (_, content, text) => {
  expect(readText(content)).toBe(text);
});

it("limits stack and time for deeply nested HTML", () => {
  for (const tag of ["<div>", "<b>", "<ul><li>", "<blockquote>", "<a href=x>"]) {
    const nested = tag.repeat(Math.floor(90_000 / tag.length));
    expect(readText(`<p>People are kind</p>${nested}deep`)).toContain("People are kind");
  }
});

it("refuses too long HTML before parsing it", () => {
  expect(() => readText("<p>".repeat(100_000))).toThrow(
    expect.objectContaining({ status: 422, code: "text_too_long" }),
  );
});
