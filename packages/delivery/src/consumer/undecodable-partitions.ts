import { Backoff } from "@platform/shared/clients/backoff";
import type { UndecodableBatch } from "@platform/shared/kafka/undecodable-batch";
import type { Logger } from "@platform/shared/log/logger";
import type { TopicPartition } from "kafkajs";
import { partitionKey } from "./partition-key.ts";
import type { PartitionPauses } from "./partition-pauses.ts";

interface Entry {
  partition: TopicPartition;
  backoff: Backoff;
  timer: NodeJS.Timeout | undefined;
  loggedAt: number;
}

/** The dependencies of UndecodablePartitions. */
export interface UndecodablePartitionsOptions {
  groupId: string;
  log: Logger;
  pauses: Pick<PartitionPauses, "pause" | "resume">;
}

const backoffOptions = { firstMs: 1_000, longestMs: 60_000 };
/** The time without a failure after a retry, after which a partition counts as readable. */
const recoveredAfterMs = 15_000;
const logIntervalMs = 60_000;

/** Pauses each partition with an unreadable batch, and retries it with exponential backoff. */
export class UndecodablePartitions {
  readonly #options: UndecodablePartitionsOptions;
  readonly #entries = new Map<string, Entry>();

  constructor(options: UndecodablePartitionsOptions) {
    this.#options = options;
  }

  /** The partitions that cannot be read now. */
  get partitions(): TopicPartition[] {
    return [...this.#entries.values()].map(({ partition }) => partition);
  }

  /** Pauses a partition until its next retry. */
  hold(partition: TopicPartition, batch: UndecodableBatch): void {
    const key = partitionKey(partition);
    const entry = this.#entries.get(key) ?? {
      partition,
      backoff: new Backoff(backoffOptions),
      timer: undefined,
      loggedAt: Number.NEGATIVE_INFINITY,
    };
    this.#entries.set(key, entry);
    clearTimeout(entry.timer);
    const pauseMs = entry.backoff.next();
    this.#log(entry, batch, pauseMs);
    this.#options.pauses.pause(partition, "undecodable");
    entry.timer = setTimeout(() => this.#retry(key, entry), pauseMs);
  }

  /** Resumes a partition that was read. */
  release(partition: TopicPartition): void {
    const key = partitionKey(partition);
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    clearTimeout(entry.timer);
    this.#entries.delete(key);
    this.#options.pauses.resume(partition, "undecodable");
  }

  /** Resumes all partitions except these, which stay as they are. */
  retain(partitions: readonly TopicPartition[]): void {
    const keys = new Set(partitions.map(partitionKey));
    for (const [key, { partition }] of this.#entries) if (!keys.has(key)) this.release(partition);
  }

  #retry(key: string, entry: Entry): void {
    this.#options.pauses.resume(entry.partition, "undecodable");
    entry.timer = setTimeout(() => this.#entries.delete(key), recoveredAfterMs);
  }

  /** Logs at most once a minute for each partition. */
  #log(entry: Entry, { firstOffset, reason }: UndecodableBatch, pauseMs: number): void {
    const now = performance.now();
    if (now - entry.loggedAt < logIntervalMs) return;
    entry.loggedAt = now;
    const { groupId, log } = this.#options;
    const facts = { ...entry.partition, offset: firstOffset, reason, pause_ms: pauseMs };
    log.error({ group: groupId, ...facts }, "partition_undecodable");
  }
}
