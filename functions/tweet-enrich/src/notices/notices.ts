import type { Skipped } from "@platform/shared/function/batch";
import type { JsonObject } from "../posts/json.ts";
import { activityDeletion, activityNotice } from "./activity-notices.ts";
import { blueskyAccount, blueskyDeletion, blueskyRecord } from "./bluesky-notices.ts";
import { mastodonNotice } from "./mastodon-notices.ts";
import type { Notice } from "./notice.ts";
import { tombstone } from "./tombstone.ts";
import {
  twitterComplianceNotice,
  twitterDeletion,
  twitterStreamNotice,
  twitterUserNotice,
} from "./twitter-notices.ts";

/** The forms of messages without a text; the first matching form reads a value. */
export const notices: readonly Notice[] = [
  twitterDeletion,
  twitterStreamNotice,
  twitterComplianceNotice,
  twitterUserNotice,
  blueskyDeletion,
  blueskyRecord,
  blueskyAccount,
  mastodonNotice,
  activityDeletion,
  activityNotice,
  tombstone,
];

/** Reads a notice; undefined when the object is not a notice. */
export function readNotice(value: JsonObject): Skipped | undefined {
  for (const notice of notices) {
    const skipped = notice.read(value);
    if (skipped !== undefined) return skipped;
  }
  return undefined;
}
