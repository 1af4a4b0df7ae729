import type { Letter } from "./letter.ts";

/** Why a letter is not replayed. */
export type StayReason = "exhausted" | "cut_off" | "incomplete" | "no_topic" | "topic_missing" | "too_large";

/** What decides whether letters can be replayed. */
export interface ReplayRules {
  maxReplays: number;
  /** Replay letters whose key and headers were left out. */
  allowIncomplete: boolean;
  /** The topic for letters that name none. */
  to: string | undefined;
  /** The number of partitions of each existing topic that letters come from. */
  partitions: ReadonlyMap<string, number>;
}

/** A letter, where its message goes, and the letters that hold the same message. */
export interface PlannedLetter<L extends Letter> {
  letter: L;
  to: string;
  /** Undefined: by the key. */
  partition: number | undefined;
  duplicates: readonly L[];
}

/** Letters in the order in which they are replayed, and those that stay. */
export interface ReplayPlan<L extends Letter> {
  planned: PlannedLetter<L>[];
  staying: { letter: L; reason: StayReason }[];
}

/**
 * Plans the replay of waiting letters: for each partition that their messages come from, in the order that the messages had
 * there. A message that several letters hold is replayed once.
 */
export function planReplay<L extends Letter>(letters: readonly L[], rules: ReplayRules): ReplayPlan<L> {
  const plan: ReplayPlan<L> = { planned: [], staying: [] };
  const duplicatesOf = new Map<string, L[]>();
  for (const letter of [...letters].sort(compareLetters)) {
    const reason = reasonToStay(letter, rules);
    if (reason !== undefined) {
      plan.staying.push({ letter, reason });
      continue;
    }
    const identity = messageIdentity(letter);
    const known = identity === undefined ? undefined : duplicatesOf.get(identity);
    if (known !== undefined) {
      known.push(letter);
      continue;
    }
    const duplicates: L[] = [];
    if (identity !== undefined) duplicatesOf.set(identity, duplicates);
    plan.planned.push({ letter, duplicates, ...destinationOf(letter, rules) });
  }
  return plan;
}

function reasonToStay(letter: Letter, rules: ReplayRules): StayReason | undefined {
  const to = letter.source?.topic ?? rules.to;
  if (letter.replays >= rules.maxReplays) return "exhausted";
  if (letter.valueBytes !== undefined) return "cut_off";
  if (letter.headersOmitted !== undefined && !rules.allowIncomplete) return "incomplete";
  if (to === undefined) return "no_topic";
  return rules.partitions.has(to) ? undefined : "topic_missing";
}

/** To the partition that the message came from, unless the topic has fewer now. */
function destinationOf({ source }: Letter, { partitions, to }: ReplayRules) {
  const topic = source?.topic ?? to!;
  const partition = source?.partition;
  return { to: topic, partition: (partition ?? Infinity) < partitions.get(topic)! ? partition : undefined };
}

/** Equal for letters of the same message or item, whichever function refused it. */
function messageIdentity({ item, source }: Letter): string | undefined {
  if (source === undefined) return undefined;
  return JSON.stringify([source.topic, source.partition, source.offset, source.timestamp, item]);
}

/** By the place of the message, then of the item; letters without one come last, as they were written. */
function compareLetters(a: Letter, b: Letter): number {
  if (a.source === undefined || b.source === undefined) {
    return Number(a.source === undefined) - Number(b.source === undefined) || compareWritten(a, b);
  }
  return (
    a.source.topic.localeCompare(b.source.topic) ||
    a.source.partition - b.source.partition ||
    a.source.offset - b.source.offset ||
    (a.item ?? 0) - (b.item ?? 0) ||
    compareWritten(a, b)
  );
}

function compareWritten(a: Letter, b: Letter): number {
  return a.timestamp - b.timestamp || a.partition - b.partition || a.offset - b.offset;
}
