import { type CompactLetter, type Letter, letterCompactor } from "./letter.ts";
import type { LettersClient } from "./letters-client.ts";
import { findOutcome, outcomeMessage } from "./outcome.ts";
import { type SettleProgress, settleAll } from "./settle-all.ts";
import { openSettler } from "./settler.ts";

/** The letters to discard. */
export interface DiscardRequest {
  topic: string;
  matches: (letter: Letter) => boolean;
  batchSize: number;
  /** Only returns the letters. */
  isDryRun: boolean;
  progress: SettleProgress;
}

/**
 * Records the waiting letters of a dead-letter topic as discarded, and returns them. They stay in the topic.
 * @throws the errors of openSettler and settle().
 */
export async function discardLetters(
  client: LettersClient,
  request: DiscardRequest,
): Promise<CompactLetter[]> {
  const { batchSize, isDryRun, matches, progress, topic } = request;
  await using settler = isDryRun ? undefined : await openSettler(client, topic);
  const outcomes = settler?.outcomes ?? (await client.readOutcomes());
  const toCompact = letterCompactor();
  const letters: CompactLetter[] = [];
  await client.readLetters(topic, (letter) => {
    if (matches(letter) && findOutcome(letter, outcomes) === undefined) letters.push(toCompact(letter));
  });
  if (settler === undefined) return letters;
  const toSettlement = async (letter: CompactLetter) => ({
    letter,
    outcomes: [outcomeMessage(letter, { outcome: "discarded", at: new Date().toISOString() })],
  });
  await settleAll(letters, { settler, toSettlement, client, batchSize, progress });
  return letters;
}
