import { useMemo } from "preact/hooks";
import { type Bar, barWidth } from "../../src/console/documents/view.ts";
import { Chart } from "../parts/chart.tsx";
import { Field } from "../parts/field.tsx";
import { countedText, countText } from "../parts/format.ts";
import type { FilterChanges } from "./document-query.ts";
import { useCommitted } from "./use-committed.ts";

interface ScoreFilterOptions {
  title: string;
  field: "polarity" | "subjectivity";
  /** The minimum of the range; its maximum is 1. */
  least: number;
  bars: readonly Bar[] | undefined;
  text: (value: number) => string;
  query: URLSearchParams;
  change: (changes: FilterChanges) => void;
  /** The main figures as text. */
  about: string | undefined;
}

/** A histogram with a range selection by dragging, and two fields for the same range. */
export function ScoreFilter({ title, field, least, bars, text, query, change, about }: ScoreFilterOptions) {
  const [minName, belowName] = [`${field}Min`, `${field}Below`] as const;
  const [min, below] = [query.get(minName) ?? "", query.get(belowName) ?? ""];
  const minInput = useCommitted(min, (committed) => change({ [minName]: committed }));
  const belowInput = useCommitted(below, (committed) => change({ [belowName]: committed }));
  const number = { type: "number", min: least, max: 1, step: "any" } as const;
  const histogram = useMemo(
    () => [bars?.map(({ from }) => from) ?? [], bars?.map(({ count }) => count) ?? []] as const,
    [JSON.stringify(bars)],
  );
  const select = (from: number, to: number) => {
    const [first, end] = [Math.floor(from / barWidth + 0.1), Math.ceil(to / barWidth - 0.1)];
    change({
      [minName]: first * barWidth <= least ? undefined : String(first / 10),
      [belowName]: end * barWidth >= 1 ? undefined : String(end / 10),
    });
  };
  return (
    <fieldset class="documents-score">
      <legend>{title}</legend>
      <p class="quiet">{about}</p>
      <Chart
        kind="bars"
        height={120}
        data={histogram}
        xRange={[least, 1]}
        xSteps={[0.25, 0.5, 1]}
        xText={text}
        yText={countText}
        hoverText={(from, count) =>
          `${text(from)} … ${text(from + barWidth)}: ${countedText(count, "document")}`
        }
        label={`Histogram of ${field}: ${about ?? "loading"}`}
        onSelect={select}
      />
      <div class="documents-range">
        <Field label="at least">
          <input {...number} {...minInput} aria-label={`${title} at least`} />
        </Field>
        <Field label="below">
          <input {...number} {...belowInput} aria-label={`${title} below`} />
        </Field>
        {(min !== "" || below !== "") && (
          <button type="button" onClick={() => change({ [minName]: undefined, [belowName]: undefined })}>
            Clear<span class="unseen"> {field}</span>
          </button>
        )}
      </div>
      <details>
        <summary>As a table</summary>
        <table class="documents-bars">
          <caption class="unseen">Documents by {field}</caption>
          <tbody>
            {bars
              ?.filter(({ count }) => count > 0)
              .map(({ from, count }) => (
                <tr key={from}>
                  <th scope="row">{`${text(from)} … ${text(from + barWidth)}`}</th>
                  <td class="number">{countedText(count, "document")}</td>
                </tr>
              ))}
          </tbody>
        </table>
      </details>
    </fieldset>
  );
}
