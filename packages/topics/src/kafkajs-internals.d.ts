/** Files of kafkajs 2.2.4 that its types do not declare. */
declare module "kafkajs/src/protocol/requests/produce/index.js" {
  /** A request to a broker, and the decoder of its response. */
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
