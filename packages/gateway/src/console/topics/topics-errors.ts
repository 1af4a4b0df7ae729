import { PlatformError } from "@platform/shared/errors/platform-error";
import { printable } from "@platform/shared/errors/printable";

/** 404: the topic does not exist. */
export class TopicNotFoundError extends PlatformError {
  constructor(facts: { topic: string }) {
    const detail = `Kafka has no topic "${printable(facts.topic)}".`;
    super({ status: 404, code: "topic_not_found", detail });
  }
}

/** 404: the consumer group does not exist. */
export class GroupNotFoundError extends PlatformError {
  constructor(facts: { group: string }) {
    const detail = `Kafka has no consumer group "${printable(facts.group)}".`;
    super({ status: 404, code: "group_not_found", detail });
  }
}

/** 404: no message has this offset. */
export class MessageNotFoundError extends PlatformError {
  constructor(facts: { topic: string; partition: number; offset: number; start: number; end: number }) {
    const { topic, partition, offset, start, end } = facts;
    const range =
      start === end
        ? "the partition is empty"
        : offset < start || offset >= end
          ? `its offsets are ${start} to ${end - 1}`
          : "compaction, a transaction's marker or an aborted transaction leaves the offset empty";
    const detail = `Partition ${partition} of topic ${topic} has no message at offset ${offset}: ${range}.`;
    super({ status: 404, code: "message_not_found", detail });
  }
}

/** 404: the partition does not exist. */
export class PartitionNotFoundError extends PlatformError {
  constructor(facts: { topic: string; partition: number; count: number }) {
    const { topic, partition, count } = facts;
    const detail = `Topic ${topic} has no partition ${partition}; its partitions are 0 to ${count - 1}.`;
    super({ status: 404, code: "partition_not_found", detail });
  }
}

/** 502: a batch cannot be read. */
export class UnreadableBatchError extends PlatformError {
  constructor(facts: { topic: string; partition: number; offset: number; reason: string }) {
    const { topic, partition, offset, reason } = facts;
    const detail = `Partition ${partition} of topic ${topic} cannot be read at offset ${offset}: ${reason}.`;
    super({ status: 502, code: "batch_unreadable", detail });
  }
}

/** 400: the body of a change is invalid. */
export class InvalidChangeError extends PlatformError {
  constructor(facts: { problem: string }) {
    super({ status: 400, code: "invalid_body", detail: `The body is not valid: ${facts.problem}.` });
  }
}

/** 413: the message exceeds the size limit of the topic. */
export class MessageTooLargeError extends PlatformError {
  constructor(facts: { topic: string; cause: unknown }) {
    const detail = `The message exceeds the size limit of topic ${facts.topic} (max.message.bytes).`;
    super({ status: 413, code: "message_too_large", detail, cause: facts.cause });
  }
}

/** 409: this gateway is already settling letters of the topic. */
export class SettlingError extends PlatformError {
  constructor(facts: { topic: string }) {
    const detail = `A replay or discard of ${facts.topic} is running; try again when it has ended.`;
    super({ status: 409, code: "settling", detail });
  }
}

/** 503: too many readers are following topics. */
export class TooManyTailsError extends PlatformError {
  constructor(facts: { limit: number }) {
    const headers = { "retry-after": "10" };
    const detail = `${facts.limit} readers are already following topics; try again later.`;
    super({ status: 503, code: "too_many_readers", detail, headers });
  }
}

/** 422: the letters exceed the gateway's limits of memory and time. */
export class TooManyLettersError extends PlatformError {
  constructor(facts: { count: number; noun: string; limit: number }) {
    const { count, noun, limit } = facts;
    const detail = `Kafka has ${count} ${noun}, and the console handles at most ${limit}; use npm run dead-letters.`;
    super({ status: 422, code: "too_many_letters", detail });
  }
}
