import { activity, activityCollection } from "./activity.ts";
import { blueskyThread } from "./bluesky-thread.ts";
import { dataEnvelope, siteStream } from "./envelopes.ts";
import { kafkaRecord } from "./kafka-record.ts";
import { deleteEvents, lookupMap, mastodonContext, namedWrappers } from "./list-wrappers.ts";
import { mastodonEvent, mastodonNotification } from "./mastodon-event.ts";
import { twitterPage } from "./twitter-page.ts";
import type { Wrapper } from "./wrapper.ts";

/** The forms in which posts come packed; the first that opens a value has it. An array is opened without any of them. */
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

/** What is packed in an object; undefined when it is no wrapper. */
export function openWrapper(value: Parameters<Wrapper["open"]>[0]): unknown {
  for (const wrapper of wrappers) {
    const content = wrapper.open(value);
    if (content !== undefined) return content;
  }
  return undefined;
}
