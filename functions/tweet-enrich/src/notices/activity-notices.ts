import { Skipped } from "@platform/shared/function/batch";
import { Deletion } from "../deletion.ts";
import { asObject, asString } from "../posts/json.ts";
import { wellFormed } from "../posts/well-formed.ts";
import type { Notice } from "./notice.ts";

const types = [
  "Update",
  "Announce",
  "Like",
  "Follow",
  "Undo",
  "Accept",
  "Reject",
  "Block",
  "Add",
  "Remove",
  "Move",
  "Flag",
];

/** An activity without a post. */
export const activityNotice: Notice = {
  form: "ActivityPub: an activity without a post",
  reasons: types.map((type) => type.toLowerCase()),
  read({ type, actor }) {
    const known = types.find((name) => name === type);
    return known === undefined || actor === undefined ? undefined : new Skipped(known.toLowerCase());
  },
};

/** The deletion of a post: `object` is its id, or a `Tombstone` with the id. */
export const activityDeletion: Notice = {
  form: "ActivityPub: `Delete`",
  reasons: ["delete"],
  read({ type, actor, object }) {
    if (type !== "Delete" || actor === undefined) return undefined;
    const id = asString(asObject(object)?.id ?? object);
    return id === undefined ? new Skipped("delete") : new Deletion(wellFormed(id));
  },
};
