import { EventEmitter, once } from "node:events";
import type { FeedBatch } from "../feed.ts";
import { socketTexts } from "../socket/socket-texts.ts";
import { catchUp, type TimelineRead } from "./poll.ts";
import { statusBatches } from "./status-item.ts";
import { readStatus } from "./stream-event.ts";

/**
 * Reads the public stream, which has no cursor. Opens the stream, then polls the timeline for the statuses since the last
 * one, then reads the buffered stream. So the feed may repeat statuses, but misses none.
 */
export async function* stream(read: TimelineRead): AsyncGenerator<FeedBatch> {
  const { api, observer, signal, start } = read;
  const { headers, url } = await api.stream(signal);
  const end = new AbortController();
  const abort = () => end.abort(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  if (signal.aborted) abort();
  const socket = new EventEmitter();
  const opened = once(socket, "open");
  const messages = socketTexts(url, { headers, signal: end.signal, onOpen: () => socket.emit("open") });
  try {
    let next = startNext(messages);
    await Promise.race([opened, next]);
    observer.connected(url.host);
    let position = start;
    for await (const batch of catchUp({ api, observer, signal, start })) {
      position = batch.cursor;
      yield batch;
    }
    for (;;) {
      const { value: texts } = (await next) as IteratorYieldResult<string[]>; // the generator ends only with an error
      next = startNext(messages);
      const statuses = texts.map(readStatus).filter((status) => status !== undefined);
      for (const batch of statusBatches(statuses, position, observer)) {
        position = batch.cursor;
        yield batch;
      }
    }
  } finally {
    signal.removeEventListener("abort", abort);
    end.abort();
  }
}

/** Reads ahead: requests the next messages before they are awaited. */
function startNext(messages: AsyncGenerator<string[]>): Promise<IteratorResult<string[]>> {
  const next = messages.next();
  next.catch(() => undefined); // the awaiting code receives the error
  return next;
}
