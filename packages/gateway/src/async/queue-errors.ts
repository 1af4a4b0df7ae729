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

/** 503: the call could not be stored, so it is not accepted. */
export class QueueUnavailableError extends PlatformError {
  constructor(facts: { place: string; cause: unknown }) {
    super({
      status: 503,
      code: "queue_unavailable",
      detail: `The call is not accepted, because it could not be stored in ${facts.place}; try again.`,
      headers: { "retry-after": "1" },
      cause: facts.cause,
    });
  }
}

/** 503: this gateway has nowhere to store asynchronous calls. */
export class QueueNotConfiguredError extends PlatformError {
  constructor() {
    super({
      status: 503,
      code: "queue_not_configured",
      detail:
        "Asynchronous calls wait in Kafka, and KAFKA_BROKERS is not set; ASYNC_QUEUE=memory accepts them without, and loses those that wait when the gateway is killed.",
    });
  }
}

/** 413: Kafka's topic takes no message of this size. */
export class CallTooLargeError extends PlatformError {
  constructor(facts: { topic: string; cause: unknown }) {
    super({
      status: 413,
      code: "body_too_large",
      detail: `The call is larger than the topic ${facts.topic} takes (max.message.bytes).`,
      cause: facts.cause,
    });
  }
}
