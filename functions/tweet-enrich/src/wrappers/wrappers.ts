import { activity, activityCollection } from "./activity.ts";
import { blueskyThread } from "./bluesky-thread.ts";
import { dataEnvelope, siteStream } from "./envelopes.ts";
import { kafkaRecord } from "./kafka-record.ts";
import { deleteEvents, lookupMap, mastodonContext, namedWrappers } from "./list-wrappers.ts";
import { mastodonEvent, mastodonNotification } from "./mastodon-event.ts";
import { twitterPage } from "./twitter-page.ts";
import type { Wrapper } from "./wrapper.ts";

/** The forms of wrapped posts; the first matching form unwraps a value. Arrays need no form. */
export const wrappers: readonly Wrapper[] = [
  twitterPage,
  ...namedWrappers,
  deleteEvents,
  lookupMap,
  siteStream,
  blueskyThread,
  mastodonEvent,
  mastodonNotification,
  mastodonContext,
  activity,
  activityCollection,
  kafkaRecord,
  dataEnvelope,
];

/** Returns the content of a wrapper; undefined when the object is not a wrapper. */
export function openWrapper(value: Parameters<Wrapper["open"]>[0]): unknown {
  for (const wrapper of wrappers) {
    const content = wrapper.open(value);
    if (content !== undefined) return content;
  }
  return undefined;
}
