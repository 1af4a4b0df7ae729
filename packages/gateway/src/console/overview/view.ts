/** A function in the pipeline: its inputs, outputs, and calls in the last minute. */
export interface FunctionFlow {
  name: string;
  /** The topics of its annotation `topic`, whose messages the connector delivers. */
  topics: string[];
  /** Whether its environment names Elasticsearch. */
  writesDocuments: boolean;
  /** Whether its environment names Ethereum nodes. */
  readsChain: boolean;
  /** The number of calls that this gateway answered in the last minute. */
  calls: number;
  /** The number of 5xx answers among them. */
  failed: number;
}

/** A topic that functions read. */
export interface TopicFlow {
  name: string;
  /** Messages between the first and the next offset; null if the topic does not exist. */
  messages: number | null;
  /** New messages per second over the last minute; null while unknown. */
  perSecond: number | null;
  /** Its dead-letter topic; null if it does not exist. */
  deadLetters: { messages: number; perSecond: number | null } | null;
  /** The consumer group of each function that reads it. */
  consumers: ConsumerFlow[];
}

/** The consumer group of the connector for a function. */
export interface ConsumerFlow {
  functionName: string;
  /** null if no group has committed an offset, or the gateway may not read groups. */
  group: string | null;
  /** Whether the group has members. */
  isRunning: boolean;
  /** Consumer lag in messages; null without a group. */
  lag: number | null;
  /** Consumed messages per second over the last minute; null while unknown. */
  perSecond: number | null;
}
