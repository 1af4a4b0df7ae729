import { setTimeout as wait } from "node:timers/promises";
import { withTimeLimit } from "@platform/shared/clients/with-time-limit";
import { type InventedPost, inventedPosts } from "./invented-posts.ts";

/** Options of a replay. */
export interface ReplayOptions {
  /** The gateway. */
  url: string;
  /** Whether a page is open; otherwise the replay pauses. */
  isWatched(): boolean;
  /** Removes posts of earlier replays that are too old for the page. */
  forget(before: number): void;
  /** Prints a line for the user. */
  say(line: string): void;
}

/** A running replay. Disposal stops it. */
export type Replay = AsyncDisposable;

/** The prefix of the posts' ids. */
export const inventedPrefix = "invented-";
/** The prefix of the call ids. Functions do not log calls with this prefix (QUIET_CALL_IDS). */
export const quietCallPrefix = "posts-";
/** The number of posts in the first batch. */
const atOnce = 60;
/** The interval of the following posts, in milliseconds. */
const pause = 2_000;
const callTimeoutMs = 15_000;
const day = 86_400_000;

/** Sends invented posts with the current time through tweet-enrich, in an endless loop. */
export function replayPosts(options: ReplayOptions): Replay {
  const { url, isWatched, forget, say } = options;
  const end = new AbortController();
  const run = Date.now().toString(36);
  let next = 0;

  async function send(count: number): Promise<void> {
    const tweets = Array.from({ length: count }, (_, index) => createTweet(run, next + index));
    next += count;
    const call = {
      method: "POST",
      headers: { "content-type": "application/json", "x-call-id": `${quietCallPrefix}${run}-${next}` },
      body: JSON.stringify(tweets),
    };
    await withTimeLimit(callTimeoutMs, end.signal, async (signal) => {
      const response = await fetch(`${url}/function/tweet-enrich`, { ...call, signal });
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`tweet-enrich answered with status ${response.status}`);
    });
  }

  let failed = false;
  async function trySending(count: number): Promise<void> {
    try {
      await send(count);
      failed = false;
    } catch (error) {
      if (!failed && !end.signal.aborted) say(`cannot send invented posts: ${(error as Error).message}`);
      failed = true;
    }
  }

  async function replay(): Promise<void> {
    forget(Date.now() - day);
    await trySending(atOnce);
    while (!end.signal.aborted) {
      await wait(pause, undefined, { signal: end.signal });
      if (isWatched()) await trySending(1);
    }
  }

  const ended = replay().catch(() => undefined);
  return {
    [Symbol.asyncDispose]() {
      end.abort();
      return ended;
    },
  };
}

/** Creates a post in the format of Twitter's API v1.1. */
function createTweet(run: string, index: number) {
  const { handle, user, text } = inventedPosts[index % inventedPosts.length] as InventedPost;
  return {
    id_str: `${inventedPrefix}${run}-${index}`,
    text,
    created_at: new Date().toISOString(),
    user: { screen_name: handle, name: user },
  };
}
