import { outcomesTopic } from "@platform/dead-letters/outcome";
import { type PartitionEnds, readAllEnds } from "./read-offsets.ts";
import type { TopicsConnection } from "./topics-client.ts";
import { TooManyLettersError } from "./topics-errors.ts";

/** Maximum letters or outcomes that the gateway reads, because its memory and time are limited. */
const maxRecords = 100_000;

/** Reads the offsets of the topic of outcomes. @throws TooManyLettersError */
export async function readOutcomeEnds(connection: TopicsConnection): Promise<PartitionEnds[]> {
  const ends = (await readAllEnds(connection, [outcomesTopic])).get(outcomesTopic) ?? [];
  requireFew(ends, "replays and discards");
  return ends;
}

/** @throws TooManyLettersError */
export function requireFew(ends: readonly PartitionEnds[], noun: string): void {
  const count = countOffsets(ends);
  if (count > maxRecords) throw new TooManyLettersError({ count, noun, limit: maxRecords });
}

/** Counts the offsets of partitions. */
export const countOffsets = (ends: readonly PartitionEnds[]) =>
  ends.reduce((sum, { start, end }) => sum + end - start, 0);
