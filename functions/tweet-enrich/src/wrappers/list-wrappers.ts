import { asObject } from "../posts/json.ts";
import type { Wrapper } from "./wrapper.ts";

/** The posts are in an array of some name. */
const list = (name: string, source: string): Wrapper => ({
  form: `\`{${name}: […]}\``,
  source,
  open: ({ [name]: items }) => (Array.isArray(items) ? items : undefined),
});

/** The post is an object of some name. */
const single = (name: string, source: string): Wrapper => ({
  form: `\`{${name}: {…}}\``,
  source,
  open: ({ [name]: item }) => asObject(item),
});

/** Objects that have an array of posts, or a post, under a name. */
export const namedWrappers: readonly Wrapper[] = [
  list("statuses", "search of Twitter's API v1.1 and of Mastodon"),
  list("results", "Twitter's premium search"),
  list("tweets", "exports of several tools"),
  single(
    "tweet",
    "Twitter's archive; in its file `tweets.js` the assignment before the array is passed over",
  ),
  list("tweet_create_events", "Twitter's webhooks"),
  list("feed", "Bluesky: timelines and feeds"),
  list("posts", "Bluesky: `getPosts`, `searchPosts`"),
  list("notifications", "Bluesky: `listNotifications`"),
  single("post", "a post in an object of its own"),
  list("records", "Kafka's REST proxy, Bluesky's `listRecords`"),
];

/** Tweets that were deleted, each in the form of a stream's notice. */
export const deleteEvents: Wrapper = {
  form: "`{tweet_delete_events: […]}`",
  source: "Twitter's webhooks",
  open: ({ tweet_delete_events: events }) =>
    Array.isArray(events) ? events.map((event) => ({ delete: event })) : undefined,
};

/** v1.1's lookup with `map=true`; a tweet that is not to be had is null. */
export const lookupMap: Wrapper = {
  form: '`{id: {"20": {…}, …}}`',
  source: "Twitter's API v1.1: `statuses/lookup` with `map`",
  open({ id }) {
    const tweets = Object.entries(asObject(id) ?? {});
    if (tweets.length === 0 || !tweets.every(([key]) => /^\d+$/.test(key))) return undefined;
    return tweets.flatMap(([, tweet]) => (tweet === null ? [] : [tweet]));
  },
};

/** The posts around a status, oldest first. */
export const mastodonContext: Wrapper = {
  form: "`{ancestors: […], descendants: […]}`",
  source: "Mastodon: the context of a status",
  open: ({ ancestors, descendants }) =>
    Array.isArray(ancestors) && Array.isArray(descendants) ? [...ancestors, ...descendants] : undefined,
};
