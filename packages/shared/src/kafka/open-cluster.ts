import type { Kafka } from "kafkajs";
import { installFetchDecoder } from "./fetch-decoder.ts";
import type { UndecodableBatch } from "./undecodable-batch.ts";

/** The part of kafkajs's cluster that reads partitions and commits offsets without a consumer. */
export interface Cluster {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  /** Limits the metadata to these topics; without a call, they include all topics. */
  addTargetTopic(topic: string): Promise<void>;
  refreshMetadata(): Promise<void>;
  /** The ids of the known brokers. */
  getNodeIds(): string[];
  /** The partitions of a topic in the metadata; empty for an unknown topic. */
  findTopicPartitionMetadata(topic: string): PartitionMetadata[];
  /** Partitions by the id of their leader. */
  findLeaderForPartitions(topic: string, partitions: readonly number[]): Record<string, number[]>;
  findBroker(node: { nodeId: string }): Promise<Broker>;
  findGroupCoordinator(group: { groupId: string }): Promise<Broker>;
  /** The offsets of partitions of several topics, with one request to each broker. */
  fetchTopicsOffset(requests: readonly OffsetsRequest[]): Promise<TopicOffsets[]>;
}

/** A partition in the metadata of a cluster. */
interface PartitionMetadata {
  partitionId: number;
  /** The id of its leader; -1 without one. */
  leader: number;
  replicas: number[];
  /** The replicas that are in sync. */
  isr: number[];
}

interface OffsetsRequest {
  topic: string;
  partitions: readonly { partition: number }[];
  fromBeginning?: boolean;
  /** The first messages at or after this time, in milliseconds since 1970; -1 if there are none. */
  fromTimestamp?: number;
}

/** The offset of each partition of a topic. */
interface TopicOffsets {
  topic: string;
  partitions: { partition: number; offset: string }[];
}

/** A connection to a broker. */
interface Broker {
  fetch(request: FetchRequest): Promise<{ responses: { partitions: FetchedPartition[] }[] }>;
  offsetCommit(request: {
    groupId: string;
    groupGenerationId: number;
    memberId: string;
    topics: readonly { topic: string; partitions: readonly object[] }[];
  }): Promise<unknown>;
}

interface FetchRequest {
  replicaId: number;
  isolationLevel: number;
  maxWaitTime: number;
  minBytes: number;
  maxBytes: number;
  topics: readonly { topic: string; partitions: readonly object[] }[];
}

/** A partition's part of a fetch response. */
interface FetchedPartition {
  messages: readonly (FetchedMessage | UndecodableBatch)[];
}

/** A record as kafkajs decodes it. Markers and records of aborted transactions are control records. */
export interface FetchedMessage {
  offset: string;
  timestamp: string;
  key: Buffer | null;
  value: Buffer | null;
  headers: Readonly<Record<string, unknown>>;
  isControlRecord?: boolean;
}

/**
 * Connects the internal cluster object of a kafkajs client, and installs the decoder of fetch responses. kafkajs has no public
 * way to read a partition without a consumer group. A group would remain in Kafka, and would need additional rights.
 */
export async function openCluster(kafka: Kafka): Promise<Cluster> {
  installFetchDecoder();
  const key = Object.getOwnPropertySymbols(kafka).find(
    ({ description }) => description === "private:Kafka:createCluster",
  );
  if (key === undefined) throw new Error("This version of kafkajs has no createCluster.");
  const create = (kafka as unknown as Record<symbol, (options: object) => Cluster>)[key]!;
  const cluster = create({ metadataMaxAge: 300_000, allowAutoTopicCreation: false });
  await cluster.connect();
  return cluster;
}
