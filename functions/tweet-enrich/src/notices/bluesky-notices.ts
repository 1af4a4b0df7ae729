import { Skipped } from "@platform/shared/function/batch";
import { Deletion } from "../deletion.ts";
import { postCollection, toPostUri } from "../posts/bluesky.ts";
import { asObject, type JsonObject } from "../posts/json.ts";
import { wellFormed } from "../posts/well-formed.ts";
import type { Notice } from "./notice.ts";

const reasonsByCollection: Readonly<Record<string, string>> = {
  "app.bsky.feed.like": "like",
  "app.bsky.feed.repost": "repost",
  "app.bsky.graph.follow": "follow",
  "app.bsky.graph.block": "block",
  "app.bsky.actor.profile": "profile",
};

const otherRecord = "other_record";

/** A record other than a post: from Jetstream, from a repository, or in a notification. */
export const blueskyRecord: Notice = {
  form: "Bluesky: a record other than a post, or its deletion",
  reasons: [...Object.values(reasonsByCollection), otherRecord],
  read(value) {
    const collection = readCollection(value);
    if (typeof collection !== "string" || collection === postCollection) return undefined;
    const isRecord = asObject(value.commit) !== undefined || collection.startsWith("app.bsky.");
    return isRecord ? new Skipped(ownValue(reasonsByCollection, collection) ?? otherRecord) : undefined;
  },
};

/** Jetstream's deletion of a post. */
export const blueskyDeletion: Notice = {
  form: "Bluesky: Jetstream's deletion of a post",
  reasons: ["delete"],
  read(value) {
    const commit = asObject(value.commit);
    if (commit?.operation !== "delete" || commit.collection !== postCollection) return undefined;
    const id = toPostUri(value.did, commit.rkey);
    return id === undefined ? new Skipped("delete") : new Deletion(wellFormed(id));
  },
};

const accountKinds = ["identity", "account"];

/** Jetstream's events about the handle or the status of an author. */
export const blueskyAccount: Notice = {
  form: "Bluesky: Jetstream's events of accounts",
  reasons: accountKinds,
  read({ did, kind }) {
    const reason = typeof did === "string" && accountKinds.find((known) => known === kind);
    return reason ? new Skipped(reason) : undefined;
  },
};

function readCollection(value: JsonObject): unknown {
  const commit = asObject(value.commit);
  const record = asObject(commit?.record) ?? asObject(value.record) ?? asObject(value.value) ?? value;
  return (typeof value.did === "string" ? commit?.collection : undefined) ?? record.$type;
}

function ownValue(table: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
