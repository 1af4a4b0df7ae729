/** Files of kafkajs 2.2.4 that its own types leave out. */
declare module "kafkajs/src/protocol/requests/produce/index.js" {
  /** What a broker is sent, and how its answer is read. */
  interface ProduceCall {
    request: { encode(): Promise<unknown> };
    response: object;
  }
  const produce: {
    versions: string[];
    protocol(version: { version: number }): (options: ProduceOptions) => ProduceCall;
  };
  export interface ProduceOptions {
    acks: number;
    timeout: number;
    transactionalId?: string | null;
    producerId?: unknown;
    producerEpoch?: number;
    topicData: readonly { topic: string; partitions: readonly PartitionData[] }[];
  }
  export interface PartitionData {
    partition: number;
    firstSequence?: number;
    messages: readonly object[];
  }
  export default produce;
}

declare module "kafkajs/src/protocol/encoder.js" {
  /** Writes the parts of a request one after the other. */
  export default class Encoder {
    writeInt16(value: number): this;
    writeInt32(value: number): this;
    writeString(value: string | null): this;
    writeBytes(value: Buffer): this;
    writeArray(values: readonly Encoder[]): this;
  }
}
