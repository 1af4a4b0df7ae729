import { createdAtOf } from "../created-at.ts";
import { asObject, asString } from "./json.ts";
import type { PostForm } from "./post-form.ts";
import { versionOf } from "./version.ts";

/** The collection of a repository that has the posts, and the type of each. */
export const postCollection = "app.bsky.feed.post";

/**
 * A Bluesky post: an item of a feed (`{post}`), a post as the app's API shows it (`{uri, author, record}`), a record of a
 * repository (`{uri, value}`), an event of Jetstream (`{did, commit: {rkey, record}}`), or the record alone. Its id is its
 * at:// URI. Repositories and Jetstream name no author but the did.
 */
export const bluesky: PostForm = {
  form: "Bluesky: a post, a feed's `{post}`, an event of Jetstream, a record",
  id: "`uri` (`at://…`)",
  date: "`createdAt` of the record",
  author: "`handle`, `displayName`; the `did` where these are not told",
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
      id: uri ?? uriOfPost(post.did, commit?.rkey),
      text,
      createdAt: createdAtOf(record.createdAt),
      version: commit === undefined ? undefined : versionOf(eventTime(post.time_us)),
      handle: asString(author?.handle) ?? asString(post.did) ?? didOf(uri),
      user: asString(author?.displayName),
    };
  },
};

/** The URI of the post with a key in an author's repository. */
export function uriOfPost(did: unknown, key: unknown): string | undefined {
  return typeof did === "string" && typeof key === "string"
    ? `at://${did}/${postCollection}/${key}`
    : undefined;
}

/** When Jetstream took the event, in microseconds: the order of a post's versions, whatever its author's clock says. */
function eventTime(time: unknown): Date | undefined {
  return Number.isSafeInteger(time) ? new Date(Math.floor((time as number) / 1000)) : undefined;
}

function didOf(uri: string | undefined): string | undefined {
  return /^at:\/\/(did:[^/]+)\//.exec(uri ?? "")?.[1];
}
