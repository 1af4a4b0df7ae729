import { setTimeout as sleep } from "node:timers/promises";
import { mapInParallel } from "@platform/shared/clients/map-in-parallel";
import { type FetchedRecords, fetchRecords } from "@platform/shared/kafka/fetch-records";
import { formatEvent } from "@platform/shared/service/event-readers";
import type { Response } from "express";
import { encodeCursor } from "./browse-query.ts";
import { toMessageView } from "./message-view.ts";
import { type PartitionEnds, readAllEnds, readEnds } from "./read-offsets.ts";
import type { TopicsClient } from "./topics-client.ts";
import { PartitionNotFoundError } from "./topics-errors.ts";
import type { MessageView, TailView } from "./view.ts";

/** The selection of a reader. */
export interface TailRequest {
  topic: string;
  /** Undefined: all. */
  partition: number | undefined;
  /** Continues from these positions, by partition, after a lost connection. */
  cursor: ReadonlyMap<number, number> | undefined;
}

/** The next offsets by partition. */
type Positions = Map<number, number>;

const roundMs = 500;
/** Maximum messages of a round; older ones are skipped. */
const maxMessages = 50;
const limits = { maxWaitMs: 0, maxBytes: 256_000 };
const shownBytes = 2_000;
const width = 8;
/** Maximum buffer for a slow reader, in bytes. */
const maxUnsent = 1_000_000;
const heartbeatRounds = 30;

/**
 * Answers with new messages as server-sent events until the signal aborts. It sends at most 100 messages per second: of a faster
 * topic the newest, with the number of skipped ones.
 * @throws the errors of the first read; later errors end the answer, and the browser reconnects
 */
export async function tailTopic(
  client: TopicsClient,
  { topic, partition, cursor }: TailRequest,
  response: Response,
  signal: AbortSignal,
): Promise<void> {
  // A re-created topic ends before the positions of the old one.
  const toStartOffset = (ends: PartitionEnds) => Math.min(cursor?.get(ends.partition) ?? ends.end, ends.end);
  const positions: Positions = await client.use(async (connection) => {
    const all = await readEnds(connection, topic);
    const selected = partition === undefined ? all : all.filter((ends) => ends.partition === partition);
    if (partition !== undefined && selected.length === 0)
      throw new PartitionNotFoundError({ topic, partition, count: all.length });
    return new Map(selected.map((ends) => [ends.partition, toStartOffset(ends)]));
  });
  response.set({
    "content-type": "text/event-stream",
    "cache-control": "no-store",
    connection: "close",
    "x-accel-buffering": "no",
  });
  response.write(`retry: 2000\n\n${formatTailEvent(positions, { messages: [], skipped: 0 })}`);
  for (let round = 1; !signal.aborted; round += 1) {
    const view = await readRound(client, topic, positions, signal);
    if (view.messages.length > 0 || view.skipped > 0) response.write(formatTailEvent(positions, view));
    else if (round % heartbeatRounds === 0) response.write(":\n\n");
    if (response.writableLength > maxUnsent) return;
    await sleep(roundMs, undefined, { signal }).catch(() => undefined);
  }
}

function formatTailEvent(positions: Positions, view: TailView): string {
  return `id: ${encodeCursor(positions)}\n${formatEvent("messages", view)}`;
}

/** Reads new messages, and advances the positions. */
async function readRound(
  client: TopicsClient,
  topic: string,
  positions: Positions,
  signal: AbortSignal,
): Promise<TailView> {
  return await client.use(async (connection) => {
    const ends = (await readAllEnds(connection, [topic])).get(topic) ?? [];
    const behind = ends.filter(({ partition, end }) => (positions.get(partition) ?? end) < end);
    let skipped = 0;
    const read = await mapInParallel(behind, width, async ({ partition, start, end }) => {
      signal.throwIfAborted();
      const position = positions.get(partition)!;
      // Reads only the newest messages of a fast topic, so that readers do not fall behind.
      const offset = Math.max(position, start, end - maxMessages);
      skipped += offset - position;
      const records = await fetchRecords(connection.cluster, { topic, partition, offset }, limits);
      positions.set(partition, records.next);
      return toViews(partition, records);
    });
    const messages = read.flat().sort((a, b) => (a.time ?? 0) - (b.time ?? 0));
    const newest = messages.slice(-maxMessages);
    return { messages: newest, skipped: skipped + messages.length - newest.length };
  });
}

function toViews(partition: number, { messages, unreadable }: FetchedRecords): MessageView[] {
  const views = messages.map((message) => toMessageView(partition, message, shownBytes));
  if (unreadable === undefined) return views;
  const { offset, reason: problem } = unreadable;
  const time = views.at(-1)?.time ?? null;
  return [...views, { partition, offset, time, problem, key: null, value: null, headers: [] }];
}
