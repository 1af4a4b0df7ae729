import { Skipped } from "@platform/shared/function/batch";
import { asObject } from "../posts/json.ts";
import { readPayload } from "../wrappers/mastodon-event.ts";
import type { Notice } from "./notice.ts";

const events = [
  "delete",
  "filters_changed",
  "notification",
  "notifications_merged",
  "conversation",
  "announcement",
  "announcement.reaction",
  "announcement.delete",
  "encrypted_message",
  "account.created",
  "account.approved",
  "account.updated",
  "report.created",
  "report.updated",
];

const toReason = (event: string) => event.replace(".", "_");

/**
 * An event without a public post. A deletion has the server's own number of the status, not the URI that is the id of the
 * document, so it removes nothing.
 */
export const mastodonNotice: Notice = {
  form: "Mastodon: other events of streams and webhooks, a notification without a status",
  reasons: events.map(toReason),
  read(value) {
    const event = events.find((known) => known === value.event);
    if (event !== undefined && ("stream" in value || readPayload(value) !== undefined))
      return new Skipped(toReason(event));
    const isNotification = typeof value.type === "string" && asObject(value.account) !== undefined;
    return isNotification ? new Skipped("notification") : undefined;
  },
};
