import { withFacts } from "@platform/shared/config/setting";
import * as v from "valibot";

/** The parsed choice of a feed. */
export type FeedChoice =
  /** Posts with at least one of these words; without words, all posts. */
  | { network: "bluesky"; words: readonly string[] }
  /** The public timeline of the server at this URL. */
  | { network: "mastodon"; server: URL };

/** The schema of a setting that chooses a feed: `bluesky`, `bluesky=word,word`, `mastodon=instance`. */
export function feedChoice() {
  const schema = v.pipe(
    v.string("is not set"),
    v.transform(parseFeedChoice),
    v.custom<FeedChoice>(
      (choice) => choice !== undefined,
      "must be bluesky, bluesky=word,word or mastodon=instance, such as mastodon=mastodon.social",
    ),
  );
  return withFacts(schema, { values: "`bluesky`, `bluesky=word,word` or `mastodon=instance`" });
}

/** Parses the choice of a feed; returns undefined for an invalid text. */
export function parseFeedChoice(text: string): FeedChoice | undefined {
  const [network, ...rest] = text.split("=");
  const detail = rest.join("=").trim();
  if (network === "bluesky" && (rest.length === 0 || detail !== "")) {
    const words = detail.split(",").map((word) => word.trim());
    return { network, words: words.filter((word) => word !== "") };
  }
  const server = network === "mastodon" ? parseServer(detail) : undefined;
  return server === undefined ? undefined : { network: "mastodon", server };
}

/** The URL of `mastodon.social`, `https://mastodon.social` or, for tests, `http://127.0.0.1:3000`. */
function parseServer(text: string): URL | undefined {
  const address = /^https?:\/\//i.test(text) ? text : `https://${text}`;
  const url = /^[^\s@]+$/.test(text) && URL.canParse(address) ? new URL(address) : undefined;
  return url === undefined || url.pathname !== "/" || url.search !== "" ? undefined : url;
}
