import { outcomesTopic } from "@platform/dead-letters/outcome";
import { type PartitionEnds, readAllEnds } from "./read-offsets.ts";
import type { TopicsConnection } from "./topics-client.ts";
import { TooManyLettersError } from "./topics-errors.ts";

/** The most letters or outcomes that the gateway reads: it has limited memory and time. */
const mostRecords = 100_000;

/** The offsets of the topic of outcomes. @throws TooManyLettersError */
export async function readOutcomeEnds(connection: TopicsConnection): Promise<PartitionEnds[]> {
  const ends = (await readAllEnds(connection, [outcomesTopic])).get(outcomesTopic) ?? [];
  requireFew(ends, "replays and discards");
  return ends;
}

/** @throws TooManyLettersError */
export function requireFew(ends: readonly PartitionEnds[], things: string): void {
  const count = countOf(ends);
  if (count > mostRecords) throw new TooManyLettersError({ count, things, limit: mostRecords });
}

/** How many offsets the partitions have. */
export const countOf = (ends: readonly PartitionEnds[]) =>
  ends.reduce((sum, { start, end }) => sum + end - start, 0);
