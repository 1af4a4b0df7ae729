import type { Kafka } from "kafkajs";

/** The part of kafkajs's cluster that reads partitions and commits offsets without a consumer. */
export interface Cluster {
  connect(): Promise<void>;
  disconnect(): Promise<void>;
  addTargetTopic(topic: string): Promise<void>;
  refreshMetadata(): Promise<void>;
  /** Partitions by the id of their leader. */
  findLeaderForPartitions(topic: string, partitions: readonly number[]): Record<string, number[]>;
  findBroker(node: { nodeId: string }): Promise<Broker>;
  findGroupCoordinator(group: { groupId: string }): Promise<Broker>;
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
export interface FetchedPartition {
  messages: readonly FetchedMessage[];
}

/** A record as kafkajs decodes it; what an aborted transaction wrote is a control record, as its marker is. */
export interface FetchedMessage {
  offset: string;
  timestamp: string;
  key: Buffer | null;
  value: Buffer | null;
  headers: Readonly<Record<string, unknown>>;
  isControlRecord?: boolean;
}

/**
 * Connects the internal cluster object of a kafkajs client. kafkajs has no public way to read a partition without a consumer
 * group. A group would remain in Kafka, and would need additional rights.
 */
export async function openCluster(kafka: Kafka): Promise<Cluster> {
  const key = Object.getOwnPropertySymbols(kafka).find(
    ({ description }) => description === "private:Kafka:createCluster",
  );
  if (key === undefined) throw new Error("This version of kafkajs has no createCluster.");
  const create = (kafka as unknown as Record<symbol, (options: object) => Cluster>)[key]!;
  const cluster = create({ metadataMaxAge: 300_000, allowAutoTopicCreation: false });
  await cluster.connect();
  return cluster;
}
