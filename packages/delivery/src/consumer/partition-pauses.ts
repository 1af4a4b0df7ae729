import type { Consumer, TopicPartition } from "kafkajs";
import { ignoreIfNotConsuming } from "./ignore-if-not-consuming.ts";
import { partitionKey } from "./partition-key.ts";

/** The reason for a pause. */
type Reason = "full" | "undecodable";

/** Pauses partitions of a consumer, each until all its reasons are gone. */
export class PartitionPauses {
  readonly #consumer: Pick<Consumer, "pause" | "resume">;
  readonly #reasons = new Map<string, Set<Reason>>();

  constructor(consumer: Pick<Consumer, "pause" | "resume">) {
    this.#consumer = consumer;
  }

  pause(partition: TopicPartition, reason: Reason): void {
    const key = partitionKey(partition);
    const reasons = this.#reasons.get(key) ?? new Set();
    this.#reasons.set(key, reasons.add(reason));
    ignoreIfNotConsuming(() => this.#consumer.pause([toSelection(partition)]));
  }

  resume(partition: TopicPartition, reason: Reason): void {
    const reasons = this.#reasons.get(partitionKey(partition));
    reasons?.delete(reason);
    if (reasons === undefined || reasons.size === 0) this.resumeAll(partition);
  }

  /** Resumes a partition, whatever the reasons of its pause. */
  resumeAll(partition: TopicPartition): void {
    this.#reasons.delete(partitionKey(partition));
    ignoreIfNotConsuming(() => this.#consumer.resume([toSelection(partition)]));
  }
}

function toSelection({ topic, partition }: TopicPartition) {
  return { topic, partitions: [partition] };
}
