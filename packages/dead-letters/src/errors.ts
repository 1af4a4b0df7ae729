import { PlatformError } from "@platform/shared/errors/platform-error";

/** 404: Kafka has no such topic. */
export class TopicMissingError extends PlatformError {
  constructor({ topic }: { topic: string }) {
    super({
      status: 404,
      code: "topic_missing",
      detail: `Kafka has no topic ${topic}. If the dead-letter topic is not <topic>.dead-letter, set --from.`,
    });
  }
}

/** 409: another process writes outcomes of the same dead-letter topic. */
export class ReplayTakenOverError extends PlatformError {
  constructor({ topic, cause }: { topic: string; cause: unknown }) {
    super({
      status: 409,
      code: "replay_taken_over",
      detail: `A second run for ${topic} began and took over the remaining letters, so this one stopped.`,
      cause,
    });
  }
}

/** 503: a topic cannot be read to its end. */
export class TopicUnreadableError extends PlatformError {
  constructor({ location, reason }: { location: string; reason: string }) {
    super({ status: 503, code: "topic_unreadable", detail: `${location} cannot be read: ${reason}.` });
  }
}
