import { fetchRecords } from "@platform/shared/kafka/fetch-records";
import type { MessagePosition } from "@platform/shared/kafka/message-position";
import type { FetchedMessage } from "@platform/shared/kafka/open-cluster";
import { readEnds } from "./read-offsets.ts";
import type { TopicsConnection } from "./topics-client.ts";
import { MessageNotFoundError, PartitionNotFoundError, UnreadableBatchError } from "./topics-errors.ts";

/** The size of a fetch that returns only the first batch, of any size. */
const oneBatch = { maxWaitMs: 0, maxBytes: 1 };

/**
 * Reads a whole message.
 * @throws TopicNotFoundError, PartitionNotFoundError, MessageNotFoundError, UnreadableBatchError, and errors of kafkajs
 */
export async function readMessage(
  connection: TopicsConnection,
  { topic, partition, offset }: MessagePosition,
): Promise<FetchedMessage> {
  const all = await readEnds(connection, topic);
  const ends = all.find((other) => other.partition === partition);
  if (ends === undefined) throw new PartitionNotFoundError({ topic, partition, count: all.length });
  const { start, end } = ends;
  const missing = () => new MessageNotFoundError({ topic, partition, offset, start, end });
  if (offset < start || offset >= end) throw missing();
  const records = await fetchRecords(connection.cluster, { topic, partition, offset }, oneBatch);
  const message = records.messages.find((other) => Number(other.offset) === offset);
  if (message !== undefined) return message;
  const { unreadable } = records;
  if (unreadable === undefined || unreadable.offset > offset) throw missing();
  throw new UnreadableBatchError({ topic, partition, ...unreadable });
}
