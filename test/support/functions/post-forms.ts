/** A message, and the ids of its documents; undefined for an id that is a hash. */
export interface PostForm {
  description: string;
  message: unknown;
  ids: readonly (string | undefined)[];
}

const at = "Wed Oct 10 20:19:24 +0000 2018";
const user = { screen_name: "ada", name: "Ada" };

/** Tweets and posts in all forms that tweet-enrich reads, with texts that encoding errors would corrupt. */
export const postForms: readonly PostForm[] = [
  ...[
    "People are kind",
    `It's "great" \\ $1 \${x} #{y} — é 🚀\n\tnew line`,
    "This place &lt;3 &amp; you",
    '{"text":"bad","truncated":false}',
    '[{"text":"bad"}]',
    '"bad"',
    "null",
    'It is "kind".\n\\ '.repeat(5_000),
    "a great day\u2028and \u0000\u0001 on",
    "great, cut amid an emoji \ud83d",
    "\ude80 great, begun amid an emoji",
  ].map((text, number) => {
    const id = `text-${number}`;
    return {
      description: `the text ${text.slice(0, 50)}`,
      message: { id_str: id, created_at: at, text, user },
      ids: [id],
    };
  }),
  {
    description: "a name cut amid an emoji",
    message: {
      id_str: "cut-name",
      created_at: at,
      text: "Kind",
      user: { screen_name: "a", name: "A\ud83d" },
    },
    ids: ["cut-name"],
  },
  {
    description: "no handle",
    message: { id_str: "no-handle", created_at: at, text: "Kind" },
    ids: ["no-handle"],
  },
  {
    description: "an empty handle and no name",
    message: { id_str: "empty", created_at: at, text: "Kind", user: { screen_name: "", name: null } },
    ids: ["empty"],
  },
  { description: "no id", message: { created_at: at, text: "No id is bad", user }, ids: [undefined] },
  {
    description: "an id of 600 letters",
    message: { id_str: "x".repeat(600), created_at: at, text: "It is bad", user },
    ids: [undefined],
  },
  { description: "a number as id", message: { id: 4711, created_at: at, text: "Kind", user }, ids: ["4711"] },
  { description: "no date", message: { id_str: "no-date", text: "Kind", user }, ids: ["no-date"] },
  {
    description: "a whole text beside a cut one",
    message: {
      id_str: "whole",
      created_at: at,
      text: "It is bad…",
      truncated: true,
      extended_tweet: { full_text: "It is bad, and then it was wonderful" },
      user,
    },
    ids: ["whole"],
  },
  {
    description: "a retweet",
    message: {
      id_str: "retweet",
      created_at: at,
      text: "RT @bob: It is bad…",
      user,
      retweeted_status: { id_str: "1", created_at: at, text: "It is bad, then wonderful", user },
    },
    ids: ["retweet"],
  },
  {
    description: "a tweet of Twitter's API v2",
    message: {
      data: { id: "v2", author_id: "7", created_at: "2018-10-10T20:19:24.000Z", text: "People are kind" },
      includes: { users: [{ id: "7", username: "ada", name: "Ada" }] },
    },
    ids: ["v2"],
  },
  {
    description: "a post of Bluesky",
    message: {
      uri: "at://did:plc:ada/app.bsky.feed.post/1",
      author: { did: "did:plc:ada", handle: "ada.example", displayName: "Ada" },
      record: { $type: "app.bsky.feed.post", text: "Kind", createdAt: "2018-10-10T20:19:24Z" },
    },
    ids: ["at://did:plc:ada/app.bsky.feed.post/1"],
  },
  {
    description: "a status of Mastodon",
    message: {
      id: "1",
      uri: "https://social.example/1",
      created_at: "2018-10-10T20:19:24.000Z",
      content: "<p>People are kind &amp; good</p>",
      account: { acct: "ada", display_name: "Ada" },
    },
    ids: ["https://social.example/1"],
  },
  {
    description: "the flat form",
    message: { id: "flat", "twitter.msg": "Kind", "twitter.handle": "ada" },
    ids: ["flat"],
  },
  { description: "a text alone", message: "People are kind alone", ids: [undefined] },
];
