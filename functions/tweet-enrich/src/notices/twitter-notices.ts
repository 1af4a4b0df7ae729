import { Skipped } from "@platform/shared/function/batch";
import { Deletion } from "../deletion.ts";
import { asId, asObject, type JsonObject } from "../posts/json.ts";
import { wellFormed } from "../posts/well-formed.ts";
import type { Notice } from "./notice.ts";

/** The deletion of a tweet: `delete.status` in v1.1 streams, `delete.tweet` in v2 compliance streams. */
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

/** The name of the only field of an object. An object with more fields is not a notice. */
function onlyName(value: JsonObject): string | undefined {
  const [name, other] = Object.keys(value);
  return other === undefined ? name : undefined;
}

/** Notices of the form `{NAME: {…}}`. */
const named = (form: string, reasons: readonly string[]): Notice => ({
  form,
  reasons,
  read(value) {
    const name = onlyName(value);
    const isNotice = name !== undefined && reasons.includes(name) && asObject(value[name]) !== undefined;
    return isNotice ? new Skipped(name) : undefined;
  },
});

export const twitterStreamNotice = named("Twitter: `{limit: …}` and similar messages of v1.1 streams", [
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
  "Twitter: `{data: {drop: …}}` and similar messages of v2 compliance streams",
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

/** Events about a user in user streams and webhooks, and errors in v2 streams. */
export const twitterUserNotice: Notice = {
  form: "Twitter: `{event, source, target}` and `{friends: […]}` of user streams, `{for_user_id, …}` of webhooks, `{errors: […]}` of v2",
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
