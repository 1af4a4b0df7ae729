/// <reference path="./kafkajs-internals.d.ts" />
import { installFetchDecoder } from "@platform/shared/kafka/fetch-decoder";
import Decoder from "kafkajs/src/protocol/decoder.js";
import Encoder from "kafkajs/src/protocol/encoder.js";
import produce, {
  type PartitionData,
  type ProduceOptions,
} from "kafkajs/src/protocol/requests/produce/index.js";
import { type EncodedRecord, encodeRecordBatch } from "./encode-records.ts";
import type { Header } from "./topic-record.ts";

let installed = false;
let names = 0;
/** Separates a header's number from its name. */
const separator = "\0";

/**
 * Makes kafkajs read and write records exactly. It keeps headers as an object, which loses the order of repeated and of
 * numeric names, and it cannot write a header without a value. This module numbers the names of
 * received headers (toHeaders removes the numbers), and encodes the headers of sent messages from a list of pairs.
 */
export function installExactRecords(): void {
  if (installed) return;
  installed = true;
  installFetchDecoder();
  // Only the decoder of headers reads strings of this kind.
  const prototype = Decoder.prototype as unknown as { readVarIntString(): string };
  const { readVarIntString } = prototype;
  prototype.readVarIntString = function (this: Decoder) {
    names += 1;
    return `${names}${separator}${readVarIntString.call(this)}`;
  };
  const { protocol } = produce;
  produce.protocol = (version) => (options) => {
    const { request, response } = protocol.call(produce, version)(options);
    return { request: { ...request, encode: () => encodeProduce(options) }, response };
  };
}

/** The headers of a message that kafkajs read. */
export function toHeaders(headers: Readonly<Record<string, unknown>>): Header[] {
  return Object.entries(headers).map(([name, value]) => [
    name.slice(name.indexOf(separator) + 1),
    value as Buffer | null,
  ]);
}

/** A Produce request of version 3 or later. */
async function encodeProduce({
  transactionalId = null,
  acks,
  timeout,
  topicData,
  ...producer
}: ProduceOptions) {
  const topics = await Promise.all(
    topicData.map(async ({ topic, partitions }) => {
      const encoded = await Promise.all(
        partitions.map((partitionData) => encodePartition(partitionData, producer)),
      );
      return new Encoder().writeString(topic).writeArray(encoded);
    }),
  );
  return new Encoder().writeString(transactionalId).writeInt16(acks).writeInt32(timeout).writeArray(topics);
}

async function encodePartition(
  { partition, messages, firstSequence = 0 }: PartitionData,
  { producerId = -1, producerEpoch = 0 }: Pick<ProduceOptions, "producerId" | "producerEpoch">,
) {
  const batch = await encodeRecordBatch(messages as readonly EncodedRecord[], {
    producerId: BigInt(String(producerId)),
    producerEpoch,
    firstSequence,
  });
  return new Encoder().writeInt32(partition).writeBytes(batch);
}
