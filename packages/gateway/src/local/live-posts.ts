import { setTimeout as sleep } from "node:timers/promises";
import { describeLoss } from "@platform/feeds/describe-loss";
import type { FeedItem, FeedObserver } from "@platform/feeds/feed";
import type { FeedChoice } from "@platform/feeds/feed-choice";
import type { FeedSettings } from "@platform/feeds/feed-settings";
import { openFeed } from "@platform/feeds/open-feed";
import { Backoff } from "@platform/shared/clients/backoff";
import { withTimeLimit } from "@platform/shared/clients/with-time-limit";
import { quietCallPrefix, type Replay } from "../embedded/replay-posts.ts";

/** Options of live posts. */
export interface LivePostsOptions {
  choice: FeedChoice;
  settings: FeedSettings;
  /** The gateway's URL. */
  url: string;
  /** Prints a line for the user. */
  say(line: string): void;
}

const callTimeoutMs = 60_000;
/** Statuses that refuse the posts permanently. Other statuses are retried. */
const refusals: ReadonlySet<number> = new Set([400, 413, 415, 422]);

/**
 * Sends live posts through tweet-enrich. It reads the next batch after tweet-enrich has accepted the last one. After a 5xx
 * it retries the same posts, which is idempotent, because each post has an id.
 */
export function sendLivePosts({ choice, settings, url, say }: LivePostsOptions): Replay {
  const end = new AbortController();
  const { signal } = end;
  const run = Date.now().toString(36);
  let calls = 0;

  async function call(items: readonly FeedItem[]): Promise<void> {
    const request = {
      method: "POST",
      headers: {
        "content-type": "application/json",
        prefer: "return=minimal",
        "x-call-id": `${quietCallPrefix}${run}-${++calls}`,
      },
      body: `[${items.map(({ value }) => value).join()}]`,
    };
    await withTimeLimit(callTimeoutMs, signal, async (limit) => {
      const response = await fetch(`${url}/function/tweet-enrich`, { ...request, signal: limit });
      const text = await response.text();
      // The answer has an entry for each post that must be retried. Other refusals are final.
      const mustWait = response.ok ? /"status":5\d\d/.test(text) : !refusals.has(response.status);
      if (mustWait)
        throw new Error(`tweet-enrich answered with status ${response.status}: ${text.slice(0, 200)}`);
      if (!response.ok) say(`live posts are refused: ${text.slice(0, 200)}`);
    });
  }

  async function send(items: readonly FeedItem[]): Promise<void> {
    const backoff = new Backoff({ firstMs: 500, longestMs: 10_000 });
    for (let tries = 1; !signal.aborted; tries++) {
      try {
        return await call(items);
      } catch (error) {
        if (signal.aborted) return;
        if (tries === 1) say(`live posts are delayed: ${(error as Error).message}`);
        await sleep(backoff.next(), undefined, { signal }).catch(() => undefined);
      }
    }
  }

  async function copy(): Promise<void> {
    const feed = openFeed(choice, settings, speakingObserver(say));
    for await (const { items } of feed.batches(undefined, signal)) if (items.length > 0) await send(items);
  }

  const ended = copy().catch((error: unknown) => say(`live posts ended: ${String(error)}`));
  return {
    [Symbol.asyncDispose]() {
      end.abort();
      return ended;
    },
  };
}

/** Prints the start and the end of each outage. */
function speakingObserver(say: (line: string) => void): FeedObserver {
  let isDown = false;
  return {
    connected(host) {
      isDown = false;
      say(`live posts: connected to ${host}`);
    },
    disconnected({ error, host }) {
      if (!isDown) say(`live posts: ${describeLoss(host, error)}; trying again`);
      isDown = true;
    },
    skipped: () => undefined,
    missed: () => undefined,
  };
}
