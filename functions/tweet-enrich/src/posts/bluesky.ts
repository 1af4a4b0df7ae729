import { parseOptionalCreatedAt } from "../created-at.ts";
import { asObject, asString } from "./json.ts";
import type { PostForm } from "./post-form.ts";
import { toVersion } from "./version.ts";

/** The collection of posts in a repository, and the type of its records. */
export const postCollection = "app.bsky.feed.post";

/**
 * A Bluesky post: a feed item (`{post}`), a post of the app's API (`{uri, author, record}`), a repository record
 * (`{uri, value}`), a Jetstream event (`{did, commit: {rkey, record}}`), or only the record. Its id is its at:// URI.
 * Repositories and Jetstream have only the did of the author.
 */
export const bluesky: PostForm = {
  form: "Bluesky: a post, a feed's `{post}`, an event of Jetstream, a record",
  id: "`uri` (`at://…`)",
  date: "`createdAt` of the record",
  author: "`handle`, `displayName`; the `did` if these are missing",
  version: "Jetstream: `time_us`",
  parse(value) {
    const post = asObject(value.post) ?? value;
    const commit = asObject(post.commit);
    const record = asObject(commit?.record) ?? asObject(post.record) ?? asObject(post.value) ?? post;
    const text = record.text;
    if (record.$type !== postCollection || typeof text !== "string") return undefined;
    const author = asObject(post.author);
    const uri = asString(post.uri);
    return {
      id: uri ?? toPostUri(post.did, commit?.rkey),
      text,
      createdAt: parseOptionalCreatedAt(record.createdAt),
      version: commit === undefined ? undefined : toVersion(eventTime(post.time_us)),
      handle: asString(author?.handle) ?? asString(post.did) ?? parseDid(uri),
      user: asString(author?.displayName),
    };
  },
};

/** Builds the URI of a post from the author's did and the record key. */
export function toPostUri(did: unknown, key: unknown): string | undefined {
  return typeof did === "string" && typeof key === "string"
    ? `at://${did}/${postCollection}/${key}`
    : undefined;
}

/** Jetstream's time of the event, in microseconds. It orders the versions of a post independent of the author's clock. */
function eventTime(time: unknown): Date | undefined {
  return Number.isSafeInteger(time) ? new Date(Math.floor((time as number) / 1000)) : undefined;
}

function parseDid(uri: string | undefined): string | undefined {
  return /^at:\/\/(did:[^/]+)\//.exec(uri ?? "")?.[1];
}
