import type { Logger } from "@platform/shared/log/logger";
import type { Kafka } from "kafkajs";
import type { Message } from "../message.ts";
import type { BatchLimits } from "./message-buffer.ts";

/** Options of a consumer. */
export interface ConsumerOptions extends BatchLimits {
  topics: readonly string[];
  /** The consumer group. */
  groupId: string;
  /** The session timeout of a group member, in milliseconds. */
  sessionTimeout: number;
  /** Returns a new Kafka client. */
  open(): Promise<Kafka>;
  /** Delivers messages of a partition, in order. Rejects only when the signal fires. */
  deliver(messages: readonly Message[], signal: AbortSignal): Promise<void>;
  log: Logger;
}
