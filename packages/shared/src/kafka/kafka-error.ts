import { PeerBadAnswerError, PeerTimeoutError, PeerUnavailableError } from "../errors/peer-errors.ts";
import { PlatformError } from "../errors/platform-error.ts";
import type { KafkaConfig } from "./kafka-settings.ts";

/** Converts an error of kafkajs: timeout (504), unreachable or busy (503), or a refusal (502). Returns a PlatformError unchanged. */
export function kafkaError(
  { KAFKA_BROKERS = [] }: Pick<KafkaConfig, "KAFKA_BROKERS">,
  cause: unknown,
): PlatformError {
  if (cause instanceof PlatformError) return cause;
  const facts = { setting: "KAFKA_BROKERS", host: KAFKA_BROKERS.join(","), cause };
  const { name, retriable } = innermost(cause);
  if (name === "TimeoutError" || name === "KafkaJSRequestTimeoutError") return new PeerTimeoutError(facts);
  return retriable === true ? new PeerUnavailableError(facts) : new PeerBadAnswerError(facts);
}

/** kafkajs wraps a retriable error in one that is not retriable. */
function innermost(error: unknown, depth = 0): { name?: unknown; retriable?: unknown } {
  if (typeof error !== "object" || error === null) return {};
  const { cause } = error as { cause?: unknown };
  return cause === undefined || depth > 5 ? error : innermost(cause, depth + 1);
}
