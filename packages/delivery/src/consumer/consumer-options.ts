import type { Logger } from "@platform/shared/log/logger";
import type { Kafka } from "kafkajs";
import type { Message } from "../message.ts";
import type { BatchLimits } from "./message-buffer.ts";

/** What a consumer consumes, and how it delivers it. */
export interface ConsumerOptions extends BatchLimits {
  topics: readonly string[];
  /** The consumer group. */
  groupId: string;
  /** How long a member of the group may be silent, in milliseconds. */
  sessionTimeout: number;
  /** Gives a new client of Kafka. */
  open(): Promise<Kafka>;
  /** Delivers messages of one partition, in order; rejects only when the signal fires. */
  deliver(messages: readonly Message[], signal: AbortSignal): Promise<void>;
  log: Logger;
}
