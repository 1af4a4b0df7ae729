import { setting, withFacts } from "@platform/shared/config/setting";
import { duration, list, positiveDuration, secretName, text } from "@platform/shared/config/settings";
import * as v from "valibot";

/** The settings for reading feeds, shared by the service and the local gateway. */
export const feedSettings = {
  JETSTREAM_URLS: setting("Jetstream servers of Bluesky, tried in turn", v.optional(socketUrls()), {
    unset: "Bluesky's four public servers",
  }),
  JETSTREAM_OVERLAP: setting(
    "overlap before the last post after a restart or on another server; repeated posts are dropped",
    duration("5s"),
  ),
  MASTODON_TOKEN_SECRET_NAME: setting(
    "secret with an access token (scope read:statuses) of the Mastodon instance; with it, posts are streamed",
    secretName(),
    { unset: "the public timeline is polled" },
  ),
  MASTODON_POLL_INTERVAL: setting(
    "pause between two requests for the public timeline of a Mastodon instance; instances allow 300 in five minutes",
    positiveDuration("5s"),
  ),
  RECONNECT_MAX_PAUSE: setting("longest pause before a feed reconnects", positiveDuration("30s")),
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
    v.check(isSocketUrl, "must be ws or wss URLs, separated by commas"),
    v.transform((value) => new URL(value)),
  );
  return withFacts(list(url), { values: "ws or wss URLs, separated by commas" });
}
