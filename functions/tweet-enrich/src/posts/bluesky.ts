import { createdAtOf } from "../created-at.ts";
import type { Tweet } from "../tweet.ts";
import { asObject, asString, type JsonObject } from "./json.ts";

/**
 * A Bluesky post, or undefined when the value is none: an item of a feed (`{post}`), a post as the app's API shows it
 * (`{uri, author, record}`), an event of Jetstream (`{did, commit: {rkey, record}}`), which names no author but the
 * did, or the record alone. Its id is its at:// URI.
 * @throws InvalidCreatedAtError (422).
 */
export function parseBluesky(value: JsonObject): Tweet | undefined {
  const post = asObject(value.post) ?? value;
  const commit = asObject(post.commit);
  const record = asObject(commit?.record) ?? asObject(post.record) ?? post;
  const text = record.text;
  if (record.$type !== "app.bsky.feed.post" || typeof text !== "string") return undefined;
  const author = asObject(post.author);
  return {
    id: asString(post.uri) ?? uriOfCommit(post.did, commit?.rkey),
    text,
    createdAt: createdAtOf(record.createdAt),
    handle: asString(author?.handle) ?? asString(post.did),
    user: asString(author?.displayName),
  };
}

function uriOfCommit(did: unknown, key: unknown): string | undefined {
  return typeof did === "string" && typeof key === "string"
    ? `at://${did}/app.bsky.feed.post/${key}`
    : undefined;
}
