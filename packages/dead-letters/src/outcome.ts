import type { KafkaMessage, Message } from "kafkajs";
import { formatPlace, type Letter, type Place } from "./letter.ts";

/** The compacted topic with the outcome of each letter that was replayed or discarded. */
export const outcomesTopic = "dead-letter-outcomes";

/** What became of a letter. */
export interface Outcome {
  outcome: "replayed" | "discarded";
  /** When, as ISO 8601. */
  at: string;
  /** When the letter was written, in milliseconds since 1970: a topic that is created again has other letters in the same places. */
  letterTimestamp: number;
  /** The topic that the message was written to. */
  to?: string;
  /** The letter that was replayed in the place of this one, which holds the same message. */
  duplicateOf?: string;
}

/** Outcomes by the letter's topic/partition/offset. */
export type Outcomes = Map<string, Outcome>;

/** What a letter is waiting for: nobody has decided, or it came back too often. */
export type LetterState = Outcome["outcome"] | "waiting" | "exhausted";

/** The state of a letter; `exhausted` when it waits after so many replays. */
export function stateOf(letter: Letter, outcomes: Outcomes, maxReplays: number): LetterState {
  const outcome = outcomeOf(letter, outcomes);
  if (outcome !== undefined) return outcome.outcome;
  return letter.replays >= maxReplays ? "exhausted" : "waiting";
}

/** What an outcome is found by. */
type LetterPlace = Place & Pick<Letter, "timestamp">;

/** The outcome of this very letter. */
export function outcomeOf(letter: LetterPlace, outcomes: Outcomes): Outcome | undefined {
  const outcome = outcomes.get(formatPlace(letter));
  return outcome?.letterTimestamp === letter.timestamp ? outcome : undefined;
}

/** The message of an outcome. */
export function outcomeMessage(letter: LetterPlace, outcome: Omit<Outcome, "letterTimestamp">): Message {
  const value: Outcome = { ...outcome, letterTimestamp: letter.timestamp };
  return { key: formatPlace(letter), value: JSON.stringify(value) };
}

/** Adds an outcome as it stands in its topic; a message that is none is ignored, and null takes one back. */
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
