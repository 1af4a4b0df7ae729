import { replaysHeader } from "@platform/shared/kafka/dead-letter-headers";
import type { Message } from "kafkajs";
import { type ContentSpool, openContentSpool, type SpoolPosition } from "./content-spool.ts";
import {
  type CompactLetter,
  formatPosition,
  type Letter,
  type LetterContent,
  letterCompactor,
  readContent,
} from "./letter.ts";
import type { LettersClient } from "./letters-client.ts";
import { findOutcome, type Outcomes, outcomeMessage } from "./outcome.ts";
import { type PlannedLetter, planReplay, type ReplayPlan, type ReplayRules } from "./replay-plan.ts";
import { type SettleProgress, settleAll } from "./settle-all.ts";
import { openSettler, type Settlement } from "./settler.ts";

/** The letters to replay, and the options. */
export interface ReplayRequest {
  topic: string;
  matches: (letter: Letter) => boolean;
  rules: Omit<ReplayRules, "partitions">;
  batchSize: number;
  /** Returns the plan without writing. */
  isDryRun: boolean;
  progress: SettleProgress;
}

/** A letter with the position of its content in the spool. */
interface SpooledLetter extends CompactLetter, SpoolPosition {}

/**
 * Replays the waiting letters of a dead-letter topic, and returns the executed plan.
 * @throws the errors of openSettler and settle().
 */
export async function replayLetters(
  client: LettersClient,
  request: ReplayRequest,
): Promise<ReplayPlan<CompactLetter>> {
  const { isDryRun, topic } = request;
  await using settler = isDryRun ? undefined : await openSettler(client, topic);
  const outcomes = settler?.outcomes ?? (await client.readOutcomes());
  await using spool = await openContentSpool();
  const plan = await planTopic(client, request, outcomes, spool);
  if (settler === undefined) return plan;
  const { batchSize, progress } = request;
  const toSettlement = (planned: PlannedLetter<SpooledLetter>) => toReplaySettlement(planned, spool);
  const refused = await settleAll(plan.planned, { settler, toSettlement, client, batchSize, progress });
  const tooLarge = new Set(refused);
  return {
    planned: plan.planned.filter(({ letter }) => !tooLarge.has(letter)),
    staying: [...plan.staying, ...refused.map((letter) => ({ letter, reason: "too_large" as const }))],
  };
}

async function planTopic(
  client: LettersClient,
  { matches, rules, topic }: ReplayRequest,
  outcomes: Outcomes,
  spool: ContentSpool,
): Promise<ReplayPlan<SpooledLetter>> {
  const toCompact = letterCompactor();
  const letters: SpooledLetter[] = [];
  await client.readLetters(topic, (letter, message) => {
    if (!matches(letter) || findOutcome(letter, outcomes) !== undefined) return;
    // Object.assign, because a spread with further properties takes three times the memory.
    letters.push(Object.assign(toCompact(letter), spool.add(readContent(message))));
  });
  await spool.flush();
  const targets = new Set<string>();
  for (const { source } of letters) targets.add(source?.topic ?? rules.to ?? "");
  targets.delete("");
  const partitions = await client.partitionCounts([...targets]);
  return planReplay(letters, { ...rules, partitions });
}

async function toReplaySettlement(
  planned: PlannedLetter<SpooledLetter>,
  spool: ContentSpool,
): Promise<Settlement> {
  const { duplicates, letter, partition, to } = planned;
  const at = new Date().toISOString();
  const outcome = { outcome: "replayed", at, to } as const;
  const duplicateOf = formatPosition(letter);
  return {
    letter,
    outcomes: [
      outcomeMessage(letter, outcome),
      ...duplicates.map((duplicate) => outcomeMessage(duplicate, { ...outcome, duplicateOf })),
    ],
    message: {
      topic: to,
      message: toMessage(await spool.read(letter), letter.replays + 1, partition),
    },
  };
}

/** The refused message with the count of its replays. */
function toMessage({ headers, key, value }: LetterContent, replays: number, partition?: number): Message {
  return {
    key,
    value,
    headers: { ...headers, [replaysHeader]: String(replays) },
    ...(partition === undefined ? {} : { partition }),
  };
}
