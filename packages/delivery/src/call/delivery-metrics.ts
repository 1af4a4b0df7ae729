import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import type { Message } from "../message.ts";
import { BlockedPartitions, type DeliveryProgress, type FunctionPartition } from "./blocked-partitions.ts";
import { boundedLabels } from "./bounded-labels.ts";

/** Records metrics of deliveries. */
export interface DeliveryMetrics {
  /** A function answered messages of a topic with success. */
  delivered(functionName: string, messages: { topic: string; count: number }): void;
  /** A message or item was written to the dead-letter topic. */
  deadLettered(functionName: string, letter: { topic: string; code: string }): void;
  /** A message has its final outcome. */
  settled(functionName: string, message: Pick<Message, "topic" | "timestamp">): void;
  /** A delivery of messages of a partition begins. */
  begin(partition: FunctionPartition): DeliveryProgress;
  /** A function skipped a message or its item. */
  skipped(functionName: string, message: { topic: string; reason: string }): void;
  /** A call or a write of dead letters is retried. */
  retried(functionName: string): void;
  /** A call begins. Call the result when it ends, with the status of the answer, or 0 without one. */
  startCall(functionName: string): (status: number) => void;
}

/** The maximum number of reasons and codes as labels. */
const maxLabels = 20;

/** Registers the metrics of deliveries. */
export function createDeliveryMetrics(options: {
  /** The prefix of the metrics' names, such as `kafka_connector`. */
  prefix: string;
  registry: Registry;
}): DeliveryMetrics {
  const { prefix } = options;
  const registers = [options.registry];
  const delivered = new Counter({
    name: `${prefix}_delivered_total`,
    help: "Messages that a function answered with success, including skipped ones.",
    labelNames: ["function", "topic"],
    registers,
  });
  const deadLetters = new Counter({
    name: `${prefix}_dead_letters_total`,
    help: "Messages and items of messages in the dead-letter topic, by the code of the refusal: at most 20 codes, then `other`.",
    labelNames: ["function", "topic", "code"],
    registers,
  });
  const skipped = new Counter({
    name: `${prefix}_skipped_total`,
    help: "Messages and items of messages that a function skipped, by its reason: at most 20 reasons, then `other`.",
    labelNames: ["function", "topic", "reason"],
    registers,
  });
  const reasonLabel = boundedLabels(maxLabels);
  const codeLabel = boundedLabels(maxLabels);
  const retries = new Counter({
    name: `${prefix}_retries_total`,
    help: "Retries of calls of functions and of writes of dead letters.",
    labelNames: ["function"],
    registers,
  });
  const calls = new Histogram({
    name: `${prefix}_call_duration_seconds`,
    help: "Duration of calls of functions, by the status of the answer; 0 without an answer.",
    labelNames: ["function", "status"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers,
  });
  const latency = new Histogram({
    name: `${prefix}_delivery_latency_seconds`,
    help: "Time of messages from their timestamp in Kafka to their outcome: delivered, or in the dead-letter topic.",
    labelNames: ["function", "topic"],
    buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 900, 3_600],
    registers,
  });
  const blocked = addBlockedPartitions(prefix, options.registry);
  return {
    begin: (partition) => blocked.begin(partition),
    delivered: (functionName, { topic, count }) => delivered.inc({ function: functionName, topic }, count),
    deadLettered: (functionName, { topic, code }) =>
      deadLetters.inc({ function: functionName, topic, code: codeLabel(code) }),
    settled(functionName, { topic, timestamp }) {
      if (timestamp <= 0) return; // the message has no timestamp
      latency.observe({ function: functionName, topic }, Math.max(0, Date.now() - timestamp) / 1000);
    },
    skipped: (functionName, { topic, reason }) =>
      skipped.inc({ function: functionName, topic, reason: reasonLabel(reason) }),
    retried: (functionName) => retries.inc({ function: functionName }),
    startCall(functionName) {
      const stop = calls.startTimer({ function: functionName });
      return (status) => void stop({ status });
    },
  };
}

/** Adds the metrics of partitions that are blocked because a call is retried. */
function addBlockedPartitions(prefix: string, registry: Registry): BlockedPartitions {
  const partitions = new BlockedPartitions();
  const labelNames = ["function", "topic", "partition"] as const;
  const registers = [registry];
  const toLabels = ({ functionName, topic, partition }: FunctionPartition) => ({
    function: functionName,
    topic,
    partition,
  });
  new Gauge({
    name: `${prefix}_partition_blocked`,
    help: "1 for each partition that is blocked because a call with its messages is retried.",
    labelNames,
    registers,
    collect() {
      this.reset();
      for (const partition of partitions.values()) this.set(toLabels(partition), 1);
    },
  });
  new Gauge({
    name: `${prefix}_partition_blocked_seconds`,
    help: "For each blocked partition, the time since the first try of the retried call.",
    labelNames,
    registers,
    collect() {
      this.reset();
      // Of several concurrent calls of a partition, the oldest is set last, so it counts.
      const oldestLast = [...partitions.values()].sort((a, b) => a.seconds - b.seconds);
      for (const partition of oldestLast) this.set(toLabels(partition), partition.seconds);
    },
  });
  return partitions;
}
