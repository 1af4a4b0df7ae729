import { type Letter, readLetter } from "@platform/dead-letters/letter";
import { addOutcome, letterState, type Outcomes, outcomesTopic } from "@platform/dead-letters/outcome";
import { defaultReplays as maxReplays } from "@platform/dead-letters/rules";
import { fetchRecords } from "@platform/shared/kafka/fetch-records";
import type { KafkaMessage } from "kafkajs";
import { countOffsets, readOutcomeEnds } from "./letter-counts.ts";
import { toTime } from "./message-view.ts";
import { toWindowBytes, walkBackwards } from "./partition-walk.ts";
import { readEnds } from "./read-offsets.ts";
import type { TopicsConnection } from "./topics-client.ts";
import type { LetterFilter, LettersView, LetterView } from "./view.ts";

/** The time limit of reading a list, in milliseconds. */
const timeLimit = 600;
const limits = { maxWaitMs: 0, maxBytes: 2_000_000 };

/**
 * Returns the newest matching letters of a dead-letter topic, and the counts of all letters that could be read within the time limit.
 * @throws TopicNotFoundError, TooManyLettersError, the signal's reason, and errors of kafkajs
 */
export async function listLetters(
  connection: TopicsConnection,
  topic: string,
  { filter, limit }: { filter: LetterFilter; limit: number },
  signal: AbortSignal,
): Promise<LettersView> {
  const ranges = await readEnds(connection, topic);
  const outcomes = await readOutcomes(connection, signal);
  const deadline = Date.now() + timeLimit;
  const counts = new Map<string, LettersView["counts"][number]>();
  const letters: LetterView[] = [];
  let [matching, read] = [0, 0];
  const readRecords = (partition: number, offset: number) => {
    signal.throwIfAborted();
    return fetchRecords(connection.cluster, { topic, partition, offset }, limits);
  };
  const windowBytes = toWindowBytes(ranges.length);
  const isOver = () => Date.now() >= deadline;
  const walks = ranges.map((range) =>
    walkBackwards(readRecords, range, { windowBytes, isSearch: true, isOver }),
  );
  for (let isOpen = true; isOpen && !isOver(); ) {
    isOpen = false;
    for (const walk of walks) {
      // Reads all partitions in turns, so that their letters have about the same age.
      for (let turn = 0; turn < turnLength; turn += 1) {
        const record = await walk.peek();
        if (record === undefined) break;
        isOpen = true;
        walk.take();
        if (record.message === undefined) continue;
        read += 1;
        const letter = readLetter(topic, walk.partition, record.message as unknown as KafkaMessage);
        const view = toView(letter, outcomes);
        count(counts, view);
        if (!matches(view, filter)) continue;
        matching += 1;
        letters.push(view);
      }
    }
    if (letters.length > 2 * limit) keepNewest(letters, limit);
  }
  const total = countOffsets(ranges);
  keepNewest(letters, limit);
  const isWhole = walks.every(({ position }, index) => position <= ranges[index]!.start);
  const sorted = [...counts.values()].sort((a, b) => b.count - a.count);
  return { counts: sorted, letters, matching, read, total: isWhole ? read : total, maxReplays };
}

const turnLength = 500;

function keepNewest(letters: LetterView[], limit: number): void {
  letters.sort(
    (a, b) => (b.written ?? 0) - (a.written ?? 0) || a.partition - b.partition || b.offset - a.offset,
  );
  letters.length = Math.min(letters.length, limit);
}

function count(counts: Map<string, LettersView["counts"][number]>, view: LetterView): void {
  const { code, function: functionName, state } = view;
  const key = JSON.stringify([code, functionName, state]);
  const known = counts.get(key);
  if (known === undefined) counts.set(key, { code, function: functionName, state, count: 1 });
  else known.count += 1;
}

function matches(view: LetterView, filter: LetterFilter): boolean {
  return (["code", "function", "state"] as const).every(
    (name) => filter[name] === undefined || filter[name] === view[name],
  );
}

function toView(letter: Letter, outcomes: Outcomes): LetterView {
  const { code, functionName, item, offset, partition, reason, replays, source, status, timestamp } = letter;
  return {
    partition,
    offset,
    written: toTime(timestamp),
    state: letterState(letter, outcomes, maxReplays),
    replays,
    function: functionName,
    status,
    code,
    reason,
    source:
      source === undefined
        ? null
        : { topic: source.topic, partition: source.partition, offset: source.offset },
    item: item ?? null,
  };
}

/** Reads all committed outcomes. */
async function readOutcomes(connection: TopicsConnection, signal: AbortSignal): Promise<Outcomes> {
  const outcomes: Outcomes = new Map();
  const ends = await readOutcomeEnds(connection);
  for (const { partition, start, end } of ends) {
    for (let offset = start; offset < end; ) {
      signal.throwIfAborted();
      const position = { topic: outcomesTopic, partition, offset };
      const { messages, next } = await fetchRecords(connection.cluster, position, limits);
      for (const message of messages) addOutcome(outcomes, message);
      if (next === offset) break;
      offset = next;
    }
  }
  return outcomes;
}
