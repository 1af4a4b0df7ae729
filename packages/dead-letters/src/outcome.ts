import type { MessagePosition } from "@platform/shared/kafka/message-position";
import type { KafkaMessage, Message } from "kafkajs";
import { formatPosition, type Letter } from "./letter.ts";

/** The compacted topic with the outcome of each letter that was replayed or discarded. */
export const outcomesTopic = "dead-letter-outcomes";

/** The outcome of a letter. */
export interface Outcome {
  outcome: "replayed" | "discarded";
  /** The time of the outcome, as ISO 8601. */
  at: string;
  /** When the letter was written, in milliseconds since 1970: a topic that was deleted and created again reuses offsets. */
  letterTimestamp: number;
  /** The topic that the message was written to. */
  to?: string;
  /** The letter with the same message that was replayed instead of this one. */
  duplicateOf?: string;
}

/** Outcomes by the letter's topic/partition/offset. */
export type Outcomes = Map<string, Outcome>;

/** The state of a letter. */
export type LetterState = Outcome["outcome"] | "waiting" | "exhausted";

/** The state of a letter: `exhausted` if it has no outcome after `maxReplays` replays. */
export function letterState(letter: Letter, outcomes: Outcomes, maxReplays: number): LetterState {
  const outcome = findOutcome(letter, outcomes);
  if (outcome !== undefined) return outcome.outcome;
  return letter.replays >= maxReplays ? "exhausted" : "waiting";
}

/** The fields that identify a letter. */
type LetterIdentity = MessagePosition & Pick<Letter, "timestamp">;

/** The outcome of a letter, checked by its timestamp. */
export function findOutcome(letter: LetterIdentity, outcomes: Outcomes): Outcome | undefined {
  const outcome = outcomes.get(formatPosition(letter));
  return outcome?.letterTimestamp === letter.timestamp ? outcome : undefined;
}

/** An outcome as a message of its topic. */
export function outcomeMessage(letter: LetterIdentity, outcome: Omit<Outcome, "letterTimestamp">): Message {
  const value: Outcome = { ...outcome, letterTimestamp: letter.timestamp };
  return { key: formatPosition(letter), value: JSON.stringify(value) };
}

/** Adds the outcome in a message of its topic. A tombstone removes the outcome; other messages are ignored. */
export function addOutcome(outcomes: Outcomes, { key, value }: Pick<KafkaMessage, "key" | "value">): void {
  if (key === null) return;
  const outcome = value === null ? undefined : parseOutcome(value.toString());
  if (outcome === undefined) outcomes.delete(key.toString());
  else outcomes.set(key.toString(), outcome);
}

function parseOutcome(text: string): Outcome | undefined {
  try {
    const value = JSON.parse(text) as Outcome;
    return value.outcome === "replayed" || value.outcome === "discarded" ? value : undefined;
  } catch {
    return undefined;
  }
}
