import { PlatformError } from "@platform/shared/errors/platform-error";

/** 503: too many accepted calls wait. */
export class QueueFullError extends PlatformError {
  constructor() {
    super({
      status: 503,
      code: "queue_full",
      detail: "Too many calls are waiting; try again.",
      headers: { "retry-after": "1" },
    });
  }
}

/** 503: the call was not accepted, because it could not be stored. */
export class QueueUnavailableError extends PlatformError {
  constructor(facts: { location: string; cause: unknown }) {
    super({
      status: 503,
      code: "queue_unavailable",
      detail: `The call was not accepted, because it could not be stored in ${facts.location}; try again.`,
      headers: { "retry-after": "1" },
      cause: facts.cause,
    });
  }
}

/** 503: this gateway has no store for asynchronous calls. */
export class QueueNotConfiguredError extends PlatformError {
  constructor() {
    super({
      status: 503,
      code: "queue_not_configured",
      detail:
        "Asynchronous calls need Kafka, but KAFKA_BROKERS is not set. ASYNC_QUEUE=memory accepts calls without Kafka; it loses waiting calls when the gateway is killed.",
    });
  }
}

/** 413: the call exceeds the topic's limit of message sizes. */
export class CallTooLargeError extends PlatformError {
  constructor(facts: { topic: string; cause: unknown }) {
    super({
      status: 413,
      code: "body_too_large",
      detail: `The call exceeds the limit of message sizes of the topic ${facts.topic} (max.message.bytes).`,
      cause: facts.cause,
    });
  }
}
