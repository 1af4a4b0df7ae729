import { parseJson } from "@platform/shared/function/body";
import { asObject, type JsonObject } from "../posts/json.ts";
import type { Wrapper } from "./wrapper.ts";

const events: readonly unknown[] = [
  "update",
  "status.update",
  "notification",
  "status.created",
  "status.updated",
];

/** An event of Mastodon's streams, whose payload is a JSON text (`data` over HTTP), or of its webhooks. */
export const mastodonEvent: Wrapper = {
  form: '`{stream, event: "update", payload: "{…}"}`',
  source:
    "Mastodon's streams (`update`, `status.update`, `notification`) and webhooks (`status.created`, `status.updated`)",
  open(value) {
    const payload = readPayload(value);
    if (!events.includes(value.event) || payload === undefined) return undefined;
    return typeof payload === "string" ? parseJson(payload) : payload;
  },
};

/** The payload of a Mastodon event. */
export function readPayload(event: JsonObject): unknown {
  return event.payload ?? event.data ?? event.object;
}

/** A notification with a post; other notifications, such as a new follower, are notices. */
export const mastodonNotification: Wrapper = {
  form: "`{type, account, status: {…}}`",
  source: "Mastodon: a notification",
  open: ({ type, account, status }) =>
    typeof type === "string" && asObject(account) !== undefined ? asObject(status) : undefined,
};
