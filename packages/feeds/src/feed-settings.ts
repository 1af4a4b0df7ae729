import { setting, withFacts } from "@platform/shared/config/setting";
import { duration, listOf, positiveDuration, secretName, text } from "@platform/shared/config/settings";
import * as v from "valibot";

/** How feeds are read: the settings of the service and of the local gateway. */
export const feedSettings = {
  JETSTREAM_URLS: setting("Jetstream servers of Bluesky, tried in turn", v.optional(socketUrls()), {
    unset: "Bluesky's four public servers",
  }),
  JETSTREAM_OVERLAP: setting(
    "how far before the last post a feed begins after a restart or on another server; repeated posts are dropped",
    duration("5s"),
  ),
  MASTODON_TOKEN_SECRET_NAME: setting(
    "secret with an access token (scope read:statuses) of the Mastodon instance; with it, posts are streamed",
    secretName(),
    { unset: "the public timeline is polled" },
  ),
  MASTODON_POLL_INTERVAL: setting(
    "pause between two requests for a Mastodon instance's public timeline; instances allow 300 in five minutes",
    positiveDuration("5s"),
  ),
  RECONNECT_MAX_PAUSE: setting("longest pause before a feed connects again", positiveDuration("30s")),
};

/** The parsed settings. */
export interface FeedSettings {
  JETSTREAM_URLS?: readonly URL[] | undefined;
  JETSTREAM_OVERLAP: number;
  MASTODON_TOKEN_SECRET_NAME?: string | undefined;
  MASTODON_POLL_INTERVAL: number;
  RECONNECT_MAX_PAUSE: number;
  SECRETS_DIR: string;
}

function socketUrls() {
  const isSocketUrl = (value: string) => /^wss?:\/\//i.test(value) && URL.canParse(value);
  const url = v.pipe(
    text(),
    v.check(isSocketUrl, "must be ws or wss URLs with commas"),
    v.transform((value) => new URL(value)),
  );
  return withFacts(listOf(url), { values: "ws or wss URLs, separated by commas" });
}
