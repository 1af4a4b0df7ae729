/**
 * What `/ui/api/topics` tells the page, as JSON. Offsets are below 2^53, as everywhere in the platform.
 */

/** `GET topics` */
export interface TopicsView {
  /** By name; Kafka's internal topics included. */
  topics: TopicSummary[];
}

export interface TopicSummary {
  name: string;
  /** Kafka's own, such as __consumer_offsets. */
  isInternal: boolean;
  /** Whether its name ends in the suffix of dead-letter topics. */
  holdsDeadLetters: boolean;
  partitions: number;
  replicas: number;
  /** Partitions of which a replica is not in sync. */
  outOfSync: number;
  /** The offsets between the first and the next message of each partition; compaction and transactions leave fewer messages. */
  messages: number;
  /** Bytes on the disk of one replica; null where the broker does not tell. */
  bytes: number | null;
  cleanupPolicy: string | null;
  /** Milliseconds; -1 without a limit; null where the broker does not tell. */
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
  /** The offset of the first message, and that of the next one to be written. */
  start: number;
  end: number;
  bytes: number | null;
}

export interface TopicSetting {
  name: string;
  /** null: the broker does not tell sensitive values. */
  value: string | null;
  /** Whether it is the topic's own, and not the default. */
  isOwn: boolean;
}

/** A consumer group and what it has not read of a topic. */
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
  /** The topics it has committed offsets of. */
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
  /** How many messages were read: more than are shown where a text is searched. */
  read: number;
}

export interface MessageView {
  partition: number;
  offset: number;
  /** Milliseconds since 1970; null where the message has none. */
  time: number | null;
  /** Why the batch from this offset on cannot be read; then the rest is empty. */
  problem?: string;
  key: BytesView | null;
  /** null: a tombstone. */
  value: BytesView | null;
  headers: [name: string, value: BytesView | null][];
}

/** Bytes of a message as text, or as hexadecimal digits where they are no text. */
export interface BytesView {
  text: string;
  encoding: "text" | "hex";
  /** The size of all of it. */
  bytes: number;
  /** Whether the text is only its beginning. */
  isCut: boolean;
}

/** An event `messages` of `GET topics/NAME/tail` */
export interface TailView {
  /** In the order of their times. */
  messages: MessageView[];
  /** How many were left out, because more arrive than are shown. */
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

/** Where Kafka stored it. */
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

/** What has become of a letter: an exhausted one has had all its replays. */
export const letterStates = ["waiting", "exhausted", "replayed", "discarded"] as const;
export type LetterStateName = (typeof letterStates)[number];

/** `GET topics/NAME/dead-letters` */
export interface LettersView {
  /** Of all letters that were read, filtered or not. */
  counts: { code: string; function: string; state: LetterStateName; count: number }[];
  /** Newest first. */
  letters: LetterView[];
  /** How many letters match. */
  matching: number;
  /** How many letters were read, the newest; fewer than `total` where the time limit ended the read. */
  read: number;
  total: number;
  /** More replays are refused. */
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
  /** The place of the refused item in the message. */
  item: number | null;
}

/** `POST topics/NAME/dead-letters/replay` and `…/discard` */
export interface SettleRequest {
  /** Single letters, as PARTITION/OFFSET; without them, all that the filter selects. */
  letters?: string[];
  filter?: LetterFilter;
  /** Only counts. */
  isDryRun: boolean;
}

/** Why a letter is not replayed. */
export type StayReasonName =
  | "exhausted"
  | "cut_off"
  | "incomplete"
  | "no_topic"
  | "topic_missing"
  | "too_large";

/** What was settled, or would be. */
export interface SettledView {
  settled: number;
  /** Letters of the same messages, settled with them. */
  duplicates: number;
  /** Letters that are not replayed, and why. */
  staying: { reason: StayReasonName; count: number }[];
}
