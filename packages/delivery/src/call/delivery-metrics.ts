import { Counter, Histogram, type Registry } from "prom-client";

/** Counts deliveries. */
export interface DeliveryMetrics {
  /** Messages of a topic that a function has answered with success, and the dead letters beside them. */
  delivered(functionName: string, messages: { topic: string; count: number; deadLetters: number }): void;
  /** A message or an item of one that has nothing to do for a function. */
  skipped(functionName: string, message: { topic: string; reason: string }): void;
  /** A call or a write of dead letters that is retried. */
  retried(functionName: string): void;
  /** A call begins. The result is called when it ends, with its status, or 0 when there was no answer. */
  startCall(functionName: string): (status: number) => void;
}

/** Reasons are labels: a function that makes up new ones must not fill Prometheus. */
const mostReasons = 20;

/** The metrics of deliveries, for Prometheus. */
export function createDeliveryMetrics(options: {
  /** Begins the name of each metric, such as `kafka_connector`. */
  prefix: string;
  registry: Registry;
}): DeliveryMetrics {
  const { prefix } = options;
  const registers = [options.registry];
  const delivered = new Counter({
    name: `${prefix}_delivered_total`,
    help: "Messages that a function has answered with success.",
    labelNames: ["function", "topic"],
    registers,
  });
  const deadLetters = new Counter({
    name: `${prefix}_dead_letters_total`,
    help: "Messages and items of messages that a function has refused for good, now in the dead-letter topic.",
    labelNames: ["function", "topic"],
    registers,
  });
  const skipped = new Counter({
    name: `${prefix}_skipped_total`,
    help: "Messages and items of messages that have nothing to do for a function, by its reason.",
    labelNames: ["function", "topic", "reason"],
    registers,
  });
  const knownReasons = new Set<string>();
  const retries = new Counter({
    name: `${prefix}_retries_total`,
    help: "Calls of functions and writes of dead letters that failed and are tried again.",
    labelNames: ["function"],
    registers,
  });
  const calls = new Histogram({
    name: `${prefix}_call_duration_seconds`,
    help: "How long calls of functions took, by the status of the answer; 0 where there was none.",
    labelNames: ["function", "status"],
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60],
    registers,
  });
  return {
    delivered(functionName, { topic, count, deadLetters: letters }) {
      const labels = { function: functionName, topic };
      delivered.inc(labels, count);
      deadLetters.inc(labels, letters);
    },
    skipped(functionName, { topic, reason }) {
      if (knownReasons.size < mostReasons && /^[\w.-]{1,40}$/.test(reason)) knownReasons.add(reason);
      skipped.inc({ function: functionName, topic, reason: knownReasons.has(reason) ? reason : "other" });
    },
    retried: (functionName) => retries.inc({ function: functionName }),
    startCall(functionName) {
      const stop = calls.startTimer({ function: functionName });
      return (status) => void stop({ status });
    },
  };
}
