import { asObject } from "../posts/json.ts";
import type { Wrapper } from "./wrapper.ts";

/** An array of posts in the field `name`. */
const list = (name: string, source: string): Wrapper => ({
  form: `\`{${name}: […]}\``,
  source,
  open: ({ [name]: items }) => (Array.isArray(items) ? items : undefined),
});

/** A single post in the field `name`. */
const single = (name: string, source: string): Wrapper => ({
  form: `\`{${name}: {…}}\``,
  source,
  open: ({ [name]: item }) => asObject(item),
});

/** Objects with an array of posts, or a single post, in a named field. */
export const namedWrappers: readonly Wrapper[] = [
  list("statuses", "search of Twitter's API v1.1 and of Mastodon"),
  list("results", "Twitter's premium search"),
  list("tweets", "exports of several tools"),
  single("tweet", "Twitter's archive; the assignment at the start of its file `tweets.js` is skipped"),
  list("tweet_create_events", "Twitter's webhooks"),
  list("feed", "Bluesky: timelines and feeds"),
  list("posts", "Bluesky: `getPosts`, `searchPosts`"),
  list("notifications", "Bluesky: `listNotifications`"),
  single("post", "a post in a separate object"),
  list("records", "Kafka's REST proxy, Bluesky's `listRecords`"),
];

/** Deleted tweets; each event becomes a deletion notice of streams. */
export const deleteEvents: Wrapper = {
  form: "`{tweet_delete_events: […]}`",
  source: "Twitter's webhooks",
  open: ({ tweet_delete_events: events }) =>
    Array.isArray(events) ? events.map((event) => ({ delete: event })) : undefined,
};

/** The lookup of API v1.1 with `map=true`; an unavailable tweet is null. */
export const lookupMap: Wrapper = {
  form: '`{id: {"20": {…}, …}}`',
  source: "Twitter's API v1.1: `statuses/lookup` with `map`",
  open({ id }) {
    const tweets = Object.entries(asObject(id) ?? {});
    if (tweets.length === 0 || !tweets.every(([key]) => /^\d+$/.test(key))) return undefined;
    return tweets.flatMap(([, tweet]) => (tweet === null ? [] : [tweet]));
  },
};

/** The thread around a status, oldest post first. */
export const mastodonContext: Wrapper = {
  form: "`{ancestors: […], descendants: […]}`",
  source: "Mastodon: the context of a status",
  open: ({ ancestors, descendants }) =>
    Array.isArray(ancestors) && Array.isArray(descendants) ? [...ancestors, ...descendants] : undefined,
};
