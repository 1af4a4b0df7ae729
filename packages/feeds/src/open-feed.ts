import { readSecret } from "@platform/shared/auth/secret-file";
import { blueskyFeed } from "./bluesky/bluesky-feed.ts";
import type { Feed, FeedObserver } from "./feed.ts";
import type { FeedChoice } from "./feed-choice.ts";
import type { FeedSettings } from "./feed-settings.ts";
import { mastodonFeed } from "./mastodon/mastodon-feed.ts";

/** Bluesky's public servers. */
const publicServers = [
  "jetstream2.us-east",
  "jetstream1.us-east",
  "jetstream2.us-west",
  "jetstream1.us-west",
].map((name) => new URL(`wss://${name}.bsky.network/subscribe`));

/** Creates the chosen feed. It connects when its batches are read. */
export function openFeed(choice: FeedChoice, settings: FeedSettings, observer: FeedObserver): Feed {
  const { RECONNECT_MAX_PAUSE: longestPause } = settings;
  if (choice.network === "bluesky") {
    const { JETSTREAM_OVERLAP: overlap, JETSTREAM_URLS: urls = publicServers } = settings;
    return blueskyFeed({ urls, words: choice.words, overlap, longestPause, observer });
  }
  const { MASTODON_POLL_INTERVAL: pollEvery, MASTODON_TOKEN_SECRET_NAME: secret } = settings;
  const reference = { folder: settings.SECRETS_DIR, setting: "MASTODON_TOKEN_SECRET_NAME", secret: secret! };
  const readToken = secret === undefined ? undefined : () => readSecret(reference);
  return mastodonFeed({ server: choice.server, readToken, pollEvery, longestPause, observer });
}
