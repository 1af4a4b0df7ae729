import { setTimeout as wait } from "node:timers/promises";
import { withinTime } from "@platform/shared/clients/within-time";
import { type InventedPost, inventedPosts } from "./invented-posts.ts";

/** Where posts go and when. */
export interface ReplayOptions {
  /** The gateway. */
  url: string;
  /** Whether a page is open; the replay pauses while none is. */
  isWatched(): boolean;
  /** Drops the posts of former replays that are older than the page shows. */
  forget(before: number): void;
  /** Takes a line for the user. */
  say(line: string): void;
}

/** A replay that runs until it is disposed of. */
export type Replay = AsyncDisposable;

/** Begins the id of each post. */
export const inventedPrefix = "invented-";
/** Begins the id of each call that sends posts. By it the functions know calls that are not to fill the log (QUIET_CALL_IDS). */
export const quietCallPrefix = "posts-";
/** So many at once, to begin with. */
const atOnce = 60;
/** Then one so often, in milliseconds. */
const pause = 2_000;
const callPatience = 15_000;
const day = 86_400_000;

/** Sends invented posts through tweet-enrich, as if they were written now, over and over. */
export function replayPosts(options: ReplayOptions): Replay {
  const { url, isWatched, forget, say } = options;
  const end = new AbortController();
  const run = Date.now().toString(36);
  let next = 0;

  async function send(count: number): Promise<void> {
    const tweets = Array.from({ length: count }, (_, place) => tweetOf(run, next + place));
    next += count;
    const call = {
      method: "POST",
      headers: { "content-type": "application/json", "x-call-id": `${quietCallPrefix}${run}-${next}` },
      body: JSON.stringify(tweets),
    };
    await withinTime(callPatience, end.signal, async (signal) => {
      const response = await fetch(`${url}/function/tweet-enrich`, { ...call, signal });
      await response.arrayBuffer();
      if (!response.ok) throw new Error(`tweet-enrich answered ${response.status}`);
    });
  }

  let failed = false;
  async function trySending(count: number): Promise<void> {
    try {
      await send(count);
      failed = false;
    } catch (error) {
      if (!failed && !end.signal.aborted)
        say(`the invented posts do not get through: ${(error as Error).message}`);
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

/** A post in the form of Twitter's API v1.1. */
function tweetOf(run: string, place: number) {
  const { handle, user, text } = inventedPosts[place % inventedPosts.length] as InventedPost;
  return {
    id_str: `${inventedPrefix}${run}-${place}`,
    text,
    created_at: new Date().toISOString(),
    user: { screen_name: handle, name: user },
  };
}
