import type { Letter } from "./letter.ts";

/** Why a letter is not replayed. */
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
export interface PlannedLetter<L extends Letter> {
  letter: L;
  to: string;
  /** Undefined: the key selects the partition. */
  partition: number | undefined;
  duplicates: readonly L[];
}

/** Letters in the order of their replay, and letters that are not replayed. */
export interface ReplayPlan<L extends Letter> {
  planned: PlannedLetter<L>[];
  staying: { letter: L; reason: StayReason }[];
}

/**
 * Plans the replay of waiting letters in the order of their messages in each source partition. If several letters have the
 * same message, it is replayed once.
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

/** The source partition, unless the topic has fewer partitions now. */
function destinationOf({ source }: Letter, { partitions, to }: ReplayRules) {
  const topic = source?.topic ?? to!;
  const partition = source?.partition;
  return { to: topic, partition: (partition ?? Infinity) < partitions.get(topic)! ? partition : undefined };
}

/** A key that is equal for letters of the same message or item, even from different functions. */
function messageIdentity({ item, source }: Letter): string | undefined {
  if (source === undefined) return undefined;
  return JSON.stringify([source.topic, source.partition, source.offset, source.timestamp, item]);
}

/** Orders by the message's place, then by the item. Letters without a source come last, in the order of writing. */
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
