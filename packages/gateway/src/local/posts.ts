import type { EmbeddedStore } from "../embedded/embedded-store.ts";
import { inventedPrefix, type Replay, replayPosts } from "../embedded/replay-posts.ts";
import { sendLivePosts } from "./live-posts.ts";
import type { GatewayOptions } from "./options.ts";
import type { StackFunction } from "./stack.ts";

/** Options of startPosts. */
export interface PostsOptions {
  options: GatewayOptions;
  functions: readonly StackFunction[];
  /** The gateway. */
  url: string;
  /** Whether a page of the console is open. */
  isWatched(): boolean;
  store: EmbeddedStore | undefined;
  /** Prints a line for the user. */
  say(line: string): void;
}

/** Returns the name of the source of posts, for the console; undefined without a source. */
export function postSourceName(
  { config, live, posts }: GatewayOptions,
  functions: readonly StackFunction[],
): string | undefined {
  if (!functions.some(acceptsPosts)) return undefined;
  if (live !== undefined) return live.network === "bluesky" ? "Bluesky" : live.server.host;
  // Invented posts are not written to external services.
  const { ELASTICSEARCH_URL: elasticsearch, KAFKA_BROKERS: brokers } = config;
  return posts && elasticsearch === undefined && brokers === undefined ? "Invented posts" : undefined;
}

/** Starts sending live posts if a feed is configured, otherwise invented ones. */
export function startPosts(work: PostsOptions): Replay | undefined {
  const { functions, isWatched, options, say, store, url } = work;
  const { config: settings, live: choice } = options;
  const source = postSourceName(options, functions);
  if (choice !== undefined) {
    if (source !== undefined) return sendLivePosts({ choice, settings, url, say });
    say("no live posts: tweet-enrich is not in the stack, is not built, or demands a signature or a token");
    return undefined;
  }
  if (source === undefined || store === undefined) return undefined;
  return replayPosts({ url, isWatched, say, forget: (before) => store.forget(inventedPrefix, before) });
}

/** Whether a function is tweet-enrich, built and without authentication. */
function acceptsPosts({ name, environment, buildError }: StackFunction): boolean {
  const { HMAC_SECRET_NAME: hmac, BEARER_SECRET_NAME: bearer } = environment;
  return name === "tweet-enrich" && buildError === undefined && !hmac && !bearer;
}
