import type { CompactLetter } from "./letter.ts";
import type { ReplayPlan, StayReason } from "./replay-plan.ts";

/** The number of letters for each code, the most frequent code first. */
function countByCode(letters: readonly Pick<CompactLetter, "code">[]): [code: string, count: number][] {
  const counts = new Map<string, number>();
  for (const { code } of letters) counts.set(code, (counts.get(code) ?? 0) + 1);
  return [...counts].sort(([a, x], [b, y]) => y - x || a.localeCompare(b));
}

/** The total of a listing, and the totals by code. */
export function totalLines(counts: ReadonlyMap<string, number>): string[] {
  const rows = [...counts].sort(([a, x], [b, y]) => y - x || a.localeCompare(b));
  const total = rows.reduce((sum, [, count]) => sum + count, 0);
  return [`${countedLetters(total)} in all`, ...rows.map(([code, count]) => countLine(code, count))];
}

/** The result of a replay or of its dry run. */
export function replayLines(topic: string, plan: ReplayPlan<CompactLetter>, isDryRun: boolean): string[] {
  const { planned, staying } = plan;
  const duplicateCount = planned.reduce((sum, { duplicates }) => sum + duplicates.length, 0);
  const verb = isDryRun ? "would be replayed" : "replayed";
  const also =
    duplicateCount === 0
      ? ""
      : `, and ${countedLetters(duplicateCount)} of the same messages settled with them`;
  const reasons = Object.keys(stayTexts) as StayReason[];
  return [
    `${topic}: ${countedLetters(planned.length)} ${verb}${also}`,
    ...countByCode(planned.map(({ letter }) => letter)).map(([code, count]) => countLine(code, count)),
    ...reasons.flatMap((reason) => {
      const entries = staying.filter((entry) => entry.reason === reason);
      if (entries.length === 0) return [];
      const counts = countByCode(entries.map(({ letter }) => letter));
      const heading = `${topic}: ${countedLetters(entries.length)} not replayed: ${stayTexts[reason]}`;
      return [heading, ...counts.map(([code, count]) => countLine(code, count))];
    }),
  ];
}

/** The result of a discard or of its dry run. */
export function discardLines(
  topic: string,
  discarded: readonly CompactLetter[],
  isDryRun: boolean,
): string[] {
  const verb = isDryRun ? "would be discarded" : "discarded";
  return [
    `${topic}: ${countedLetters(discarded.length)} ${verb}`,
    ...countByCode(discarded).map(([code, count]) => countLine(code, count)),
  ];
}

const stayTexts: Readonly<Record<StayReason, string>> = {
  exhausted: "replayed too often (--max-replays)",
  cut_off: "value truncated, because the dead-letter topic has a size limit",
  incomplete: "key and headers omitted for their size (--allow-incomplete)",
  no_topic: "no source topic in the letter (--to)",
  topic_missing: "topic does not exist",
  too_large: "message exceeds the size limit of its topic",
};

function countedLetters(count: number): string {
  return `${count} ${count === 1 ? "letter" : "letters"}`;
}

function countLine(code: string, count: number): string {
  return `  ${String(count).padStart(8)}  ${code || "(no code)"}`;
}
