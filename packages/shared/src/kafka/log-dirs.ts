/// <reference path="./kafkajs-internals.d.ts" />

import Decoder from "kafkajs/src/protocol/decoder.js";
import Encoder from "kafkajs/src/protocol/encoder.js";
import type { Cluster } from "./open-cluster.ts";

/** The bytes of partitions, by topic/partition. */
export type PartitionSizes = ReadonlyMap<string, number>;

/**
 * Reads the size of each partition's largest replica on the brokers' disks. Empty if the user may not describe the cluster. kafkajs
 * does not support DescribeLogDirs.
 */
export async function readPartitionSizes(cluster: Cluster): Promise<PartitionSizes> {
  const sizes = new Map<string, number>();
  for (const nodeId of cluster.getNodeIds()) {
    const broker = await cluster.findBroker({ nodeId });
    const dirs = await send<LogDir[]>(broker, describeLogDirsRequest, describeLogDirsResponse);
    for (const { topicPartition, bytes } of dirs.flatMap(({ partitions }) => partitions))
      sizes.set(topicPartition, Math.max(bytes, sizes.get(topicPartition) ?? 0));
  }
  return sizes;
}

interface LogDir {
  errorCode: number;
  partitions: { topicPartition: string; bytes: number }[];
}

interface ProtocolRequest {
  apiKey: number;
  apiVersion: number;
  apiName: string;
  encode(): Promise<Encoder>;
}

interface ProtocolResponse<T> {
  decode(encoded: Buffer): Promise<T>;
  parse(decoded: T): Promise<T>;
}

/** https://kafka.apache.org/protocol#The_Messages_DescribeLogDirs, version 1; a null list means all topics. */
const describeLogDirsRequest: ProtocolRequest = {
  apiKey: 35,
  apiVersion: 1,
  apiName: "DescribeLogDirs",
  encode: async () => new Encoder().writeInt32(-1),
};

const describeLogDirsResponse: ProtocolResponse<LogDir[]> = {
  async decode(encoded) {
    const decoder = new Decoder(encoded);
    decoder.readInt32(); // the throttle time
    return decoder.readArray(readLogDir);
  },
  parse: async (decoded) => decoded,
};

function readLogDir(decoder: Decoder): LogDir {
  const errorCode = decoder.readInt16();
  decoder.readString(); // the folder
  const topics = decoder.readArray((topic) => {
    const name = topic.readString();
    return topic.readArray((partition) => {
      const topicPartition = `${name}/${partition.readInt32()}`;
      const bytes = Number(partition.readInt64());
      partition.readInt64(); // the lag of a replica that moves
      partition.readBoolean(); // whether it moves
      return { topicPartition, bytes };
    });
  });
  return { errorCode, partitions: topics.flat() };
}

/** Sends a request that kafkajs does not support. */
function send<T>(broker: object, request: ProtocolRequest, response: ProtocolResponse<T>): Promise<T> {
  const prototype = Object.getPrototypeOf(broker) as object;
  const key = Object.getOwnPropertySymbols(prototype).find(
    ({ description }) => description === "private:Broker:sendRequest",
  );
  if (key === undefined) throw new Error("This version of kafkajs has no sendRequest.");
  const sender = broker as Record<symbol, (call: object) => Promise<T>>;
  return sender[key]!({ request, response });
}
