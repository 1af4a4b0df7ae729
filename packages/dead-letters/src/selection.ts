import { deadLetterTopic } from "@platform/delivery/dead-letters";
import type { MessagePosition } from "@platform/shared/kafka/message-position";
import { TopicMissingError } from "./errors.ts";
import { formatPosition, type Letter } from "./letter.ts";

/** The filters for letters, all of which must match. */
export interface Selection {
  /** The topic of the messages, or the dead-letter topic. */
  topic?: string | undefined;
  /** The dead-letter topic, if its name is not derived from the topic. */
  from?: string | undefined;
  functionName?: string | undefined;
  code?: string | undefined;
  /** Written at or after this time, in milliseconds since 1970. */
  since?: number | undefined;
  /** Written before this time. */
  until?: number | undefined;
  /** Single letters. */
  letters?: readonly MessagePosition[] | undefined;
}

const suffix = deadLetterTopic("");

/**
 * The dead-letter topics to read, sorted.
 * @throws TopicMissingError
 */
export function selectTopics(selection: Selection, existing: ReadonlySet<string>): string[] {
  const { from, letters, topic } = selection;
  const wanted =
    from !== undefined
      ? [from]
      : topic !== undefined
        ? [topic.endsWith(suffix) ? topic : deadLetterTopic(topic)]
        : letters?.map((letter) => letter.topic);
  const missing = wanted?.find((name) => !existing.has(name));
  if (missing !== undefined) throw new TopicMissingError({ topic: missing });
  return [...new Set(wanted ?? [...existing].filter((name) => name.endsWith(suffix)))].sort();
}

/** Creates a predicate for the letters of these topics. */
export function createMatcher(selection: Selection): (letter: Letter) => boolean {
  const { code, functionName, letters, since = 0, topic, until = Number.POSITIVE_INFINITY } = selection;
  const positions = letters && new Set(letters.map(formatPosition));
  const source = topic?.endsWith(suffix) ? undefined : topic;
  return (letter) =>
    (positions === undefined || positions.has(formatPosition(letter))) &&
    (source === undefined || letter.source === undefined || letter.source.topic === source) &&
    (functionName === undefined || letter.functionName === functionName) &&
    (code === undefined || letter.code === code) &&
    letter.timestamp >= since &&
    letter.timestamp < until;
}
