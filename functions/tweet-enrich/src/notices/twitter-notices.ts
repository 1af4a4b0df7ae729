import { Skipped } from "@platform/shared/function/batch";
import { Deletion } from "../deletion.ts";
import { asId, asObject, type JsonObject } from "../posts/json.ts";
import { wellFormed } from "../posts/well-formed.ts";
import type { Notice } from "./notice.ts";

/** A tweet was deleted; in v1.1's streams `delete.status`, in v2's compliance streams `delete.tweet`. */
export const twitterDeletion: Notice = {
  form: "Twitter: `{delete: …}`",
  reasons: ["delete"],
  read(value) {
    const deleted = asObject(value.delete);
    if (deleted === undefined) return undefined;
    const tweet = asObject(deleted.status) ?? asObject(deleted.tweet);
    if (tweet === undefined && onlyName(value) === undefined) return undefined;
    const id = asId(tweet?.id_str) ?? asId(tweet?.id);
    return id === undefined ? new Skipped("delete") : new Deletion(wellFormed(id));
  },
};

/** The name of an object's only field. Other objects that have such a field among others are no notices. */
function onlyName(value: JsonObject): string | undefined {
  const [name, other] = Object.keys(value);
  return other === undefined ? name : undefined;
}

/** Notices that are an object under the notice's name. */
const named = (form: string, reasons: readonly string[]): Notice => ({
  form,
  reasons,
  read(value) {
    const name = onlyName(value);
    const isNotice = name !== undefined && reasons.includes(name) && asObject(value[name]) !== undefined;
    return isNotice ? new Skipped(name) : undefined;
  },
});

export const twitterStreamNotice = named("Twitter: `{limit: …}` and the like of v1.1's streams", [
  "limit",
  "scrub_geo",
  "status_withheld",
  "user_withheld",
  "disconnect",
  "warning",
  "control",
  "info",
  "direct_message",
]);

export const twitterComplianceNotice = named(
  "Twitter: `{data: {drop: …}}` and the like of v2's compliance streams",
  [
    "withheld",
    "drop",
    "undrop",
    "tweet_edit",
    "user_delete",
    "user_undelete",
    "user_protect",
    "user_unprotect",
    "user_suspend",
    "user_unsuspend",
    "user_profile_modification",
  ],
);

/** What concerns a user, in user streams and webhooks, and errors that a stream of v2 tells. */
export const twitterUserNotice: Notice = {
  form: "Twitter: user streams' `{event, source, target}` and `{friends: […]}`, webhooks' `{for_user_id, …}`, v2's `{errors: […]}`",
  reasons: ["event", "friends", "errors"],
  read(value) {
    const isEvent = typeof value.event === "string" && asObject(value.source) && asObject(value.target);
    if (isEvent || typeof value.for_user_id === "string") return new Skipped("event");
    const name = onlyName(value);
    if (name === undefined || !Array.isArray(value[name])) return undefined;
    if (name === "friends" || name === "friends_str") return new Skipped("friends");
    return name === "errors" ? new Skipped("errors") : undefined;
  },
};
