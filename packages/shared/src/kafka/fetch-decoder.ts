/// <reference path="./kafkajs-internals.d.ts" />
import Decoder from "kafkajs/src/protocol/decoder.js";
import response from "kafkajs/src/protocol/requests/fetch/v11/response.js";
import { type DecodedRecord, hideAborted } from "./aborted-messages.ts";
import { registerCodecs } from "./codecs.ts";
import { decodeRecordBatches } from "./record-batches.ts";
import { UndecodableBatch } from "./undecodable-batch.ts";

/** Errors of the broker that concern one partition, but make kafkajs fail the whole consumer. */
const partitionErrors: ReadonlyMap<number, string> = new Map([
  [-1, "the broker failed to read it"],
  [2, "the broker found it corrupt"],
  [76, "the broker does not know its codec"],
]);

let installed = false;

/**
 * Makes kafkajs's consumers read snappy, lz4 and zstd, and replaces their decoder of fetch responses (version 11, which brokers
 * support since Kafka 2.3). kafkajs 2.2.4 decodes all partitions together: one unreadable batch fails the consumer, and a wrong
 * checksum goes unnoticed. This decoder returns such a batch as an UndecodableBatch among the partition's messages. It also hides
 * the records of aborted transactions.
 */
export function installFetchDecoder(): void {
  if (installed) return;
  installed = true;
  registerCodecs();
  response.decode = decodeFetchResponse;
}

async function decodeFetchResponse(encoded: Buffer): Promise<object> {
  const decoder = new Decoder(encoded);
  return {
    throttleTime: 0, // in version 11, the client waits
    clientSideThrottleTime: decoder.readInt32(),
    errorCode: decoder.readInt16(),
    sessionId: decoder.readInt32(),
    responses: await decoder.readArrayAsync(async () => ({
      topicName: decoder.readString(),
      partitions: await decoder.readArrayAsync(decodePartition),
    })),
  };
}

async function decodePartition(decoder: Decoder): Promise<object> {
  const partition = decoder.readInt32();
  const errorCode = decoder.readInt16();
  const problem = partitionErrors.get(errorCode);
  const facts = {
    partition,
    errorCode: problem === undefined ? errorCode : 0,
    highWatermark: String(decoder.readInt64()),
    lastStableOffset: String(decoder.readInt64()),
    lastStartOffset: String(decoder.readInt64()),
  };
  const aborted = decoder.readArray(() => ({
    producerId: String(decoder.readInt64()),
    firstOffset: String(decoder.readInt64()),
  }));
  const preferredReadReplica = decoder.readInt32();
  const records = await decodeMessages(decoder.readBytes(), problem);
  const messages = hideAborted(records as DecodedRecord[], aborted);
  return { ...facts, abortedTransactions: [], preferredReadReplica, messages };
}

async function decodeMessages(bytes: Buffer | null, problem: string | undefined): Promise<object[]> {
  if (problem !== undefined) return [new UndecodableBatch(undefined, problem)];
  return bytes === null ? [] : decodeRecordBatches(bytes);
}
