/** A tweet that is refused permanently, and the code that every path reports. */
export interface RejectableTweet {
  /** The faulty property. */
  property: string;
  /** The tweet on one line. */
  line: string;
  code: string;
}

const tweet = {
  id_str: "900",
  created_at: "Wed Oct 31 23:59:59 +0000 2018",
  text: "People are kind",
  user: { screen_name: "mallory", name: "Mallory" },
};
const line = (changes: object) => JSON.stringify({ ...tweet, ...changes });

/** All properties for which a tweet is refused. */
export const rejectableTweets: readonly RejectableTweet[] = [
  { property: "invalid JSON", line: '{"text":"People are kind"', code: "invalid_json" },
  { property: "a number", line: "7", code: "not_a_tweet" },
  { property: "no text", line: line({ text: undefined }), code: "not_a_tweet" },
  {
    property: "a text that is not a string",
    line: line({ text: { full: "People are kind" } }),
    code: "not_a_tweet",
  },
  { property: "an empty text", line: line({ text: " " }), code: "empty_text" },
  {
    property: "a text that is too long",
    line: line({ text: "kind ".repeat(20_001) }),
    code: "text_too_long",
  },
  {
    property: "a name that is too long",
    line: line({ user: { screen_name: "m".repeat(1_001), name: "Mallory" } }),
    code: "text_too_long",
  },
  ...[
    "soon",
    "Sat Feb 31 20:19:24 +0000 2018",
    "Mon Oct 10 20:19:24 +0000 2018", // it was a Wednesday
    "Wed Oct 39 20:19:24 +0000 2018",
    "Wed Oct 10 24:00:01 +0000 2018",
    "Wed Oct 10 20:19:24 +9959 2018",
    "2019-02-29T12:00:00Z",
    "2018-10-10T20:19:24", // no offset
    1_539_202_764,
  ].map((created_at) => ({
    property: `created_at ${JSON.stringify(created_at)}`,
    line: line({ created_at }),
    code: "invalid_created_at",
  })),
];
