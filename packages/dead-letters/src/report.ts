import type { CompactLetter } from "./letter.ts";
import type { ReplayPlan, StayReason } from "./replay-plan.ts";

/** How many letters there are of each code, the most frequent first. */
function countByCode(letters: readonly Pick<CompactLetter, "code">[]): [code: string, count: number][] {
  const counts = new Map<string, number>();
  for (const { code } of letters) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || a.localeCompare(b));
}

/** The totals of a listing by code. */
export function totalLines(counts: ReadonlyMap<string, number>): string[] {
  const rows = [...counts].sort(([a, x], [b, y]) => y - x || a.localeCompare(b));
  const total = rows.reduce((sum, [, count]) => sum + count, 0);
  return [`${letters(total)} in all`, ...rows.map(([code, count]) => countLine(code, count))];
}

/** What a replay did, or would do. */
export function replayLines(topic: string, plan: ReplayPlan<CompactLetter>, isDryRun: boolean): string[] {
  const { planned, staying } = plan;
  const duplicates = planned.reduce((sum, { duplicates }) => sum + duplicates.length, 0);
  const verb = isDryRun ? "would be replayed" : "replayed";
  const also = duplicates === 0 ? "" : `, and ${letters(duplicates)} of the same messages settled with them`;
  const reasons = Object.keys(stayTexts) as StayReason[];
  return [
    `${topic}: ${letters(planned.length)} ${verb}${also}`,
    ...countByCode(planned.map(({ letter }) => letter)).map(([code, count]) => countLine(code, count)),
    ...reasons.flatMap((reason) => {
      const some = staying.filter((entry) => entry.reason === reason);
      if (some.length === 0) return [];
      const counts = countByCode(some.map(({ letter }) => letter));
      const heading = `${topic}: ${letters(some.length)} ${some.length === 1 ? "stays" : "stay"}: ${stayTexts[reason]}`;
      return [heading, ...counts.map(([code, count]) => countLine(code, count))];
    }),
  ];
}

/** What a discard did, or would do. */
export function discardLines(
  topic: string,
  discarded: readonly CompactLetter[],
  isDryRun: boolean,
): string[] {
  const verb = isDryRun ? "would be discarded" : "discarded";
  return [
    `${topic}: ${letters(discarded.length)} ${verb}`,
    ...countByCode(discarded).map(([code, count]) => countLine(code, count)),
  ];
}

const stayTexts: Readonly<Record<StayReason, string>> = {
  exhausted: "replayed too often already (--max-replays)",
  cut_off: "the value is cut off, because the dead-letter topic did not take it whole",
  incomplete: "the key and headers were left out for their size (--allow-incomplete)",
  no_topic: "they name no topic that the message came from (--to)",
  topic_missing: "the topic of the message does not exist",
  too_large: "the topic does not take a message of that size",
};

function letters(count: number): string {
  return `${count} ${count === 1 ? "letter" : "letters"}`;
}

function countLine(code: string, count: number): string {
  return `  ${String(count).padStart(8)}  ${code || "(no code)"}`;
}
