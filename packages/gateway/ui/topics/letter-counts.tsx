import type { LetterStateName, LettersView } from "../../src/console/topics/view.ts";
import { type Column, DataTable } from "../parts/data-table.tsx";
import { countText } from "../parts/format.ts";
import { Panel } from "../parts/panel.tsx";
import { setQuery } from "../shell/router.ts";

/** The letters of a code and function, by state. */
interface CountRow {
  code: string;
  functionName: string;
  counts: Partial<Record<LetterStateName, number>>;
}

/** The numbers of letters by code and function. */
export function LetterCounts({ view }: { view: LettersView }) {
  const rows = new Map<string, CountRow>();
  for (const { code, function: functionName, state, count } of view.counts) {
    const key = JSON.stringify([code, functionName]);
    const row = rows.get(key) ?? { code, functionName, counts: {} };
    row.counts[state] = count;
    rows.set(key, row);
  }
  return (
    <Panel title="By code and function">
      <DataTable
        caption="Dead letters by code and function"
        columns={columns}
        rows={[...rows.values()]}
        rowKey={({ code, functionName }) => `${code} ${functionName}`}
      />
    </Panel>
  );
}

const countColumn = (head: string, state: LetterStateName): Column<CountRow> => ({
  head,
  cell: ({ code, counts, functionName }) => {
    const count = counts[state] ?? 0;
    if (count === 0) return "0";
    return (
      <button
        type="button"
        class="copy"
        aria-label={`${count} ${state}: show them`}
        onClick={() => setQuery({ code, function: functionName, state })}
      >
        {countText(count)}
      </button>
    );
  },
  isNumber: true,
});

const columns: readonly Column<CountRow>[] = [
  { head: "Code", cell: ({ code }) => <code>{code || "none"}</code> },
  { head: "Function", cell: ({ functionName }) => functionName || "unknown" },
  countColumn("Waiting", "waiting"),
  countColumn("Exhausted", "exhausted"),
  countColumn("Replayed", "replayed"),
  countColumn("Discarded", "discarded"),
];
