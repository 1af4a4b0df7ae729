/** The facts in the headers of a dead letter (docs/reference/dead-letters.md). */
export interface DeadLetterFacts {
  /** The function that refused the message. */
  functionName: string;
  status: number;
  code: string;
  reason: string;
  /** The position of the message in its topic. Its timestamp is in milliseconds since 1970. */
  source?: { topic: string; partition: number; offset: number; timestamp: number };
  /** The index of the refused item in the message. */
  item?: number | undefined;
}

/** The prefix of these headers. The message's own headers do not have it. */
export const deadLetterPrefix = "dead-letter-";

/** The count of replays, the only one of these headers in a replayed message. */
export const replaysHeader = `${deadLetterPrefix}replays`;

/** The headers that every writer of dead letters adds to those of the message. */
export function deadLetterHeaders(facts: DeadLetterFacts): Record<string, string> {
  const { functionName, status, code, reason, source, item } = facts;
  return {
    "dead-letter-function": functionName,
    "dead-letter-status": String(status),
    "dead-letter-code": code,
    "dead-letter-reason": reason,
    ...(source === undefined
      ? {}
      : {
          "dead-letter-topic": source.topic,
          "dead-letter-partition": String(source.partition),
          "dead-letter-offset": String(source.offset),
          "dead-letter-timestamp": String(source.timestamp),
        }),
    ...(item === undefined ? {} : { "dead-letter-item": String(item) }),
  };
}
