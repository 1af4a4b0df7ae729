import type { DocumentSummary } from "../../src/console/documents/view.ts";
import { Field } from "../parts/field.tsx";
import { countedText, polarityText } from "../parts/format.ts";
import { type FilterChanges, hasFilters } from "./document-query.ts";
import { ScoreFilter } from "./score-filter.tsx";
import { TimeFilter } from "./time-filter.tsx";
import { useCommitted } from "./use-committed.ts";
import { useIsWide } from "./use-is-wide.ts";

interface FiltersOptions {
  query: URLSearchParams;
  change: (changes: FilterChanges) => void;
  /** Undefined while it loads. */
  summary: DocumentSummary | undefined;
}

const none: FilterChanges = {
  q: undefined,
  author: undefined,
  polarityMin: undefined,
  polarityBelow: undefined,
  subjectivityMin: undefined,
  subjectivityBelow: undefined,
  last: undefined,
  from: undefined,
  to: undefined,
};

/** The filters beside the list; collapsed on a phone. */
export function Filters({ query, change, summary }: FiltersOptions) {
  const isWide = useIsWide();
  const author = useCommitted(query.get("author") ?? "", (text) =>
    change({ author: text.trim().replace(/^@/, "") }),
  );
  return (
    <details class="panel documents-filters" open={isWide}>
      <summary>
        <h2>Filters</h2>
      </summary>
      <TimeFilter query={query} change={change} />
      <Field label="Author">
        <input type="text" autocomplete="off" {...author} />
      </Field>
      <ScoreFilter
        title="Polarity"
        field="polarity"
        least={-1}
        bars={summary?.polarity}
        text={polarityText}
        query={query}
        change={change}
        about={summary && formatEstimate(summary.count, summary.meanPolarity, polarityText)}
      />
      <ScoreFilter
        title="Subjectivity"
        field="subjectivity"
        least={0}
        bars={summary?.subjectivity}
        text={subjectivityText}
        query={query}
        change={change}
        about={summary && formatEstimate(summary.count, summary.meanSubjectivity, subjectivityText)}
      />
      {hasFilters(query) && (
        <button type="button" onClick={() => change(none)}>
          Clear all filters
        </button>
      )}
    </details>
  );
}

function subjectivityText(value: number): string {
  return value.toFixed(2);
}

function formatEstimate(count: number, mean: number | null, text: (value: number) => string): string {
  return mean === null
    ? countedText(count, "document")
    : `${countedText(count, "document")}, mean ${text(mean)}`;
}
