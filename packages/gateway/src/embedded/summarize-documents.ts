import type { Database } from "libsql";
import { barOffset, createBars } from "../console/documents/bars.ts";
import { roundedMean } from "../console/documents/document-store.ts";
import type { Condition } from "../console/documents/search/condition.ts";
import { barWidth, type DocumentSummary } from "../console/documents/view.ts";
import { conditionSql } from "./condition-sql.ts";

/** The documents in the same bars of both histograms. */
interface Group {
  polarity: number | null;
  subjectivity: number | null;
  count: number;
  polaritySum: number | null;
  subjectivitySum: number | null;
}

const barColumn = (column: string) => `floor((${column} + ${barOffset}) / ${barWidth})`;

/** Counts the matching documents and their distribution in one pass. */
export function summarizeDocuments(database: Database, condition: Condition | undefined): DocumentSummary {
  const { text, values } = conditionSql(condition);
  const groups = database
    .prepare(
      `select ${barColumn("polarity")} as polarity, ${barColumn("subjectivity")} as subjectivity, count(*) as count,
        sum(polarity) as "polaritySum", sum(subjectivity) as "subjectivitySum"
       from document where ${text} group by 1, 2`,
    )
    .all(values) as Group[];
  return {
    count: groups.reduce((sum, { count }) => sum + count, 0),
    meanPolarity: computeMean(groups, "polarity"),
    meanSubjectivity: computeMean(groups, "subjectivity"),
    polarity: createBars(-1, countByBar(groups, "polarity")),
    subjectivity: createBars(0, countByBar(groups, "subjectivity")),
  };
}

function computeMean(groups: readonly Group[], field: "polarity" | "subjectivity"): number | null {
  const known = groups.filter((group) => group[field] !== null);
  const count = known.reduce((sum, group) => sum + group.count, 0);
  const total = known.reduce((sum, group) => sum + (group[`${field}Sum`] ?? 0), 0);
  return count === 0 ? null : roundedMean(total / count);
}

function countByBar(
  groups: readonly Group[],
  field: "polarity" | "subjectivity",
): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const { [field]: bar, count } of groups) {
    if (bar !== null) counts.set(bar, (counts.get(bar) ?? 0) + count);
  }
  return counts;
}
