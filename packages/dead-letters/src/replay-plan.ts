import type { CompactLetter } from "./letter.ts";

/** The reason why a letter is not replayed. */
export type StayReason = "exhausted" | "cut_off" | "incomplete" | "no_topic" | "topic_missing" | "too_large";

/** The conditions for a replay. */
export interface ReplayRules {
  maxReplays: number;
  /** Replay letters without their key and headers. */
  allowIncomplete: boolean;
  /** The topic for letters without a source topic. */
  to: string | undefined;
  /** The number of partitions of each existing topic that letters come from. */
  partitions: ReadonlyMap<string, number>;
}

/** A letter, the destination of its message, and other letters with the same message. */
export interface PlannedLetter<L extends CompactLetter> {
  letter: L;
  to: string;
  /** Undefined: the key selects the partition. */
  partition: number | undefined;
  duplicates: L[];
}

/** The duplicates of most letters. */
const none: never[] = [];

/** Letters in the order of their replay, and letters that are not replayed. */
export interface ReplayPlan<L extends CompactLetter> {
  planned: PlannedLetter<L>[];
  staying: { letter: L; reason: StayReason }[];
}

/**
 * Plans the replay of waiting letters in the order of their messages in each source partition. If several letters have the
 * same message, it is replayed once.
 */
export function planReplay<L extends CompactLetter>(
  letters: readonly L[],
  rules: ReplayRules,
): ReplayPlan<L> {
  const plan: ReplayPlan<L> = { planned: [], staying: [] };
  for (const letter of [...letters].sort(compareLetters)) {
    const reason = findStayReason(letter, rules);
    if (reason !== undefined) {
      plan.staying.push({ letter, reason });
      continue;
    }
    const last = plan.planned.at(-1);
    if (last !== undefined && haveSameMessage(last.letter, letter)) {
      if (last.duplicates.length === 0) last.duplicates = [letter];
      else last.duplicates.push(letter);
      continue;
    }
    plan.planned.push({ letter, duplicates: none, ...findDestination(letter, rules) });
  }
  return plan;
}

function findStayReason(letter: CompactLetter, rules: ReplayRules): StayReason | undefined {
  const to = letter.source?.topic ?? rules.to;
  if (letter.replays >= rules.maxReplays) return "exhausted";
  if (letter.valueBytes !== undefined) return "cut_off";
  if (letter.headersOmitted !== undefined && !rules.allowIncomplete) return "incomplete";
  if (to === undefined) return "no_topic";
  return rules.partitions.has(to) ? undefined : "topic_missing";
}

/** The source partition, unless the topic has fewer partitions now. */
function findDestination({ source }: CompactLetter, { partitions, to }: ReplayRules) {
  const topic = source?.topic ?? to!;
  const partition = source?.partition;
  return { to: topic, partition: (partition ?? Infinity) < partitions.get(topic)! ? partition : undefined };
}

/** Whether letters are about the same message or item, even from different functions. */
function haveSameMessage(a: CompactLetter, b: CompactLetter): boolean {
  return a.source !== undefined && b.source !== undefined && compareMessages(a, b) === 0;
}

/** Orders by the message's position, then by the item. Letters without a source come last, in the order of writing. */
function compareLetters(a: CompactLetter, b: CompactLetter): number {
  return compareMessages(a, b) || compareWritten(a, b);
}

/** 0 for letters of the same message or item. The timestamp distinguishes a topic that was created again. */
function compareMessages(a: CompactLetter, b: CompactLetter): number {
  if (a.source === undefined || b.source === undefined) {
    return Number(a.source === undefined) - Number(b.source === undefined);
  }
  return (
    compareTexts(a.source.topic, b.source.topic) ||
    a.source.partition - b.source.partition ||
    a.source.offset - b.source.offset ||
    (a.source.timestamp ?? -1) - (b.source.timestamp ?? -1) ||
    (a.item ?? -1) - (b.item ?? -1)
  );
}

/** Not localeCompare, which treats some different texts as equal. */
function compareTexts(a: string, b: string): number {
  return Number(a > b) - Number(a < b);
}

function compareWritten(a: CompactLetter, b: CompactLetter): number {
  return a.timestamp - b.timestamp || a.partition - b.partition || a.offset - b.offset;
}
