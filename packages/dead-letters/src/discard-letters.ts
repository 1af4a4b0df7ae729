import { type CompactLetter, type Letter, letterCompactor } from "./letter.ts";
import type { LettersClient } from "./letters-client.ts";
import { outcomeMessage, outcomeOf } from "./outcome.ts";
import { type SettleProgress, settleAll } from "./settle-all.ts";
import { openSettler } from "./settler.ts";

/** What is discarded. */
export interface DiscardRequest {
  topic: string;
  matches: (letter: Letter) => boolean;
  batchSize: number;
  /** Only finds the letters. */
  isDryRun: boolean;
  progress: SettleProgress;
}

/**
 * Records letters of a dead-letter topic that nobody has settled as discarded, and returns them. They stay in the topic.
 * @throws what openSettler and its settle() throw.
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
    if (matches(letter) && outcomeOf(letter, outcomes) === undefined) letters.push(toCompact(letter));
  });
  if (settler === undefined) return letters;
  const toSettlement = async (letter: CompactLetter) => ({
    letter,
    outcomes: [outcomeMessage(letter, { outcome: "discarded", at: new Date().toISOString() })],
  });
  await settleAll(letters, { settler, toSettlement, client, batchSize, progress });
  return letters;
}
