import { setTimeout as sleep } from "node:timers/promises";
import type { FeedBatch, FeedObserver } from "../feed.ts";
import type { MastodonApi } from "./mastodon-api.ts";
import { statusBatches } from "./status-item.ts";

/** Options of a read of the public timeline. */
export interface TimelineRead {
  api: MastodonApi;
  /** The id of the last status. */
  start: string | undefined;
  observer: FeedObserver;
  signal: AbortSignal;
  /** The pause between two requests, in milliseconds. */
  pollEvery: number;
}

/** Polls for the statuses after the last one. If the server has more than a page, sends the next request immediately. */
export async function* poll(read: TimelineRead): AsyncGenerator<FeedBatch> {
  const { api, observer, pollEvery, signal, start } = read;
  let position = start;
  let isConnected = false;
  for (;;) {
    const before = position;
    const page = await api.timeline(before, signal);
    if (!isConnected) observer.connected(api.host);
    isConnected = true;
    for (const batch of statusBatches([...page.statuses].reverse(), position, observer)) {
      position = batch.cursor;
      yield batch;
    }
    // No immediate request to a server that repeats a full page.
    const pauseMs = Math.max(page.pauseMs, page.isFull && position !== before ? 0 : pollEvery);
    await sleep(pauseMs, undefined, { signal });
  }
}

/** Reads the statuses after the last one, up to now. */
export async function* catchUp(read: Omit<TimelineRead, "pollEvery">): AsyncGenerator<FeedBatch> {
  const { api, observer, signal, start } = read;
  let position = start;
  for (let isBehind = position !== undefined; isBehind; ) {
    const before = position;
    const page = await api.timeline(before, signal);
    for (const batch of statusBatches([...page.statuses].reverse(), position, observer)) {
      position = batch.cursor;
      yield batch;
    }
    if (page.pauseMs > 0) await sleep(page.pauseMs, undefined, { signal });
    isBehind = (page.isFull && position !== before) || page.pauseMs > 0;
  }
}
