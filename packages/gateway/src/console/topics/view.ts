/**
 * The answers of `/ui/api/topics`. Offsets are below 2^53, as everywhere in the platform.
 */

/** `GET topics` */
export interface TopicsView {
  /** By name; Kafka's internal topics included. */
  topics: TopicSummary[];
}

export interface TopicSummary {
  name: string;
  /** Whether Kafka uses it internally, such as __consumer_offsets. */
  isInternal: boolean;
  /** Whether its name ends in the suffix of dead-letter topics. */
  holdsDeadLetters: boolean;
  partitions: number;
  replicas: number;
  /** The number of under-replicated partitions. */
  outOfSync: number;
  /** The offsets between the first and the next message of each partition; compaction and transactions leave fewer messages. */
  messages: number;
  /** Bytes on disk of one replica; null if the broker does not report it. */
  bytes: number | null;
  cleanupPolicy: string | null;
  /** Milliseconds; -1 without a limit; null if the broker does not report it. */
  retentionMs: number | null;
}

/** `GET topics/NAME` */
export interface TopicView extends TopicSummary {
  partitionList: PartitionView[];
  settings: TopicSetting[];
  groups: GroupLag[];
}

export interface PartitionView {
  partition: number;
  /** The id of its leader; -1 without one. */
  leader: number;
  replicas: number[];
  inSync: number[];
  /** The offsets of the first message and of the next message to be written. */
  start: number;
  end: number;
  bytes: number | null;
}

export interface TopicSetting {
  name: string;
  /** null for sensitive values, which the broker does not return. */
  value: string | null;
  /** Whether the topic overrides the default. */
  isOwn: boolean;
}

/** A consumer group and its lag in a topic. */
export interface GroupLag {
  group: string;
  state: string;
  members: number;
  lag: number;
  partitions: { partition: number; committed: number; end: number; lag: number; member: string | null }[];
}

/** `GET topics/~groups` */
export interface GroupsView {
  groups: GroupSummary[];
}

export interface GroupSummary {
  group: string;
  state: string;
  members: number;
  /** The topics with committed offsets. */
  topics: string[];
  lag: number;
}

/** `GET topics/~groups/NAME` */
export interface GroupView extends GroupSummary {
  protocol: string;
  memberList: { id: string; client: string; host: string; partitions: string[] }[];
  lags: { topic: string; partition: number; committed: number; end: number; lag: number }[];
}

/** `GET topics/NAME/messages` */
export interface MessagesView {
  /** In the order of the request: newest first, or oldest first. */
  messages: MessageView[];
  /** Continues after these messages; null at the end. */
  cursor: string | null;
  /** Whether the time or size limit of a page ended the search. */
  isCutShort: boolean;
  /** The number of read messages; a text search reads more than it returns. */
  read: number;
}

export interface MessageView {
  partition: number;
  offset: number;
  /** Milliseconds since 1970; null without a timestamp. */
  time: number | null;
  /** The reason why the batch at this offset cannot be read; the other fields are then empty. */
  problem?: string;
  key: BytesView | null;
  /** null: a tombstone. */
  value: BytesView | null;
  headers: [name: string, value: BytesView | null][];
}

/** Bytes of a message as text, or as hexadecimal digits if they are not UTF-8. */
export interface BytesView {
  text: string;
  encoding: "text" | "hex";
  /** The full size. */
  bytes: number;
  /** Whether the text is truncated. */
  isCut: boolean;
}

/** An event `messages` of `GET topics/NAME/tail` */
export interface TailView {
  /** Ordered by time. */
  messages: MessageView[];
  /** The number of skipped messages of a fast topic. */
  skipped: number;
}

/** `POST topics/NAME/messages` */
export interface ProduceRequest {
  key: string | null;
  /** null: a tombstone. */
  value: string | null;
  /** Whether key and value are base64. */
  isBase64?: boolean;
  headers?: [name: string, value: string][];
  partition?: number;
}

/** The position of the stored message. */
export interface ProducedView {
  partition: number;
  offset: number;
}

/** The filters of dead letters; all must match. */
export interface LetterFilter {
  code?: string | undefined;
  function?: string | undefined;
  state?: LetterStateName | undefined;
}

/** The state of a letter; an exhausted one has reached the limit of replays. */
export const letterStates = ["waiting", "exhausted", "replayed", "discarded"] as const;
export type LetterStateName = (typeof letterStates)[number];

/** `GET topics/NAME/dead-letters` */
export interface LettersView {
  /** Counts of all read letters, independent of the filter. */
  counts: { code: string; function: string; state: LetterStateName; count: number }[];
  /** Newest first. */
  letters: LetterView[];
  /** The number of matching letters. */
  matching: number;
  /** The number of read letters, newest first; less than `total` when the time limit stopped the read. */
  read: number;
  total: number;
  /** The limit of replays. */
  maxReplays: number;
}

export interface LetterView {
  partition: number;
  offset: number;
  written: number | null;
  state: LetterStateName;
  replays: number;
  function: string;
  status: string;
  code: string;
  reason: string;
  source: { topic: string; partition: number; offset: number } | null;
  /** The index of the refused item in the message. */
  item: number | null;
}

/** `POST topics/NAME/dead-letters/replay` and `…/discard` */
export interface SettleRequest {
  /** Single letters, as PARTITION/OFFSET; without them, the filter selects letters. */
  letters?: string[];
  filter?: LetterFilter;
  /** Counts the letters without settling them. */
  isDryRun: boolean;
}

/** The reason why a letter is not replayed. */
export type StayReasonName =
  | "exhausted"
  | "cut_off"
  | "incomplete"
  | "no_topic"
  | "topic_missing"
  | "too_large";

/** The settled letters, or with `isDryRun` the selected ones. */
export interface SettledView {
  settled: number;
  /** Duplicate letters of the same messages, which are settled as well. */
  duplicates: number;
  /** Letters that are not replayed, by reason. */
  staying: { reason: StayReasonName; count: number }[];
}
