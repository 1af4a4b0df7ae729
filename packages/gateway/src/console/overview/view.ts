/** A function as a part of the pipeline: what it reads and writes, and its calls in the last minute. */
export interface FunctionFlow {
  name: string;
  /** The topics of its annotation `topic`: the connector calls it with their messages. */
  topics: string[];
  /** Whether its environment names Elasticsearch. */
  writesDocuments: boolean;
  /** Whether its environment names Ethereum nodes. */
  readsChain: boolean;
  /** Calls that this gateway answered in the last minute. */
  calls: number;
  /** Those of them that were answered with a status from 500 up. */
  failed: number;
}

/** A topic that functions read. */
export interface TopicFlow {
  name: string;
  /** Messages between the first offset and the next one; null if there is no such topic. */
  messages: number | null;
  /** New messages a second, over the last minute; null while too little is known. */
  perSecond: number | null;
  /** Its dead-letter topic; null if there is none. */
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
  /** Messages that wait; null without a group. */
  lag: number | null;
  /** Messages that it has passed a second, over the last minute; null while too little is known. */
  perSecond: number | null;
}
