import { PlatformError } from "@platform/shared/errors/platform-error";

/** Returns Kafka's name of an authorization failure, such as TOPIC_AUTHORIZATION_FAILED, which kafkajs wraps; undefined for other errors. */
export function authorizationFailure(error: unknown, depth = 0): string | undefined {
  if (typeof error !== "object" || error === null || depth > 5) return undefined;
  const { type, cause } = error as { type?: unknown; cause?: unknown };
  const isRefusal = typeof type === "string" && type.endsWith("_AUTHORIZATION_FAILED");
  return isRefusal ? type : authorizationFailure(cause, depth + 1);
}

/** 502: Kafka's access control lists refuse the request to the gateway's user. */
export class KafkaForbiddenError extends PlatformError {
  constructor(facts: { refusal: string; cause: unknown }) {
    const detail = `KAFKA_BROKERS: Kafka refuses this request of the gateway's user (${facts.refusal}); its access control lists lack a right.`;
    super({ status: 502, code: "kafka_forbidden", detail, cause: facts.cause });
  }
}
