import { type LetterStateName, type LettersView, letterStates } from "../../src/console/topics/view.ts";
import { Field } from "../parts/field.tsx";
import { setQuery } from "../shell/router.ts";
import type { Settlement } from "./settle-dialog.tsx";

/** Options of LetterFilters. */
interface LetterFiltersOptions {
  view: LettersView;
  query: URLSearchParams;
  /** Undefined: the console is read-only. */
  settle: ((settlement: Settlement) => void) | undefined;
  reload: () => void;
}

/** The filters of dead letters, and the actions on all selected letters. */
export function LetterFilters({ view, query, settle, reload }: LetterFiltersOptions) {
  const choices = {
    code: [...new Set(view.counts.map(({ code }) => code))].filter((code) => code !== "").sort(),
    function: [...new Set(view.counts.map((row) => row.function))].filter((name) => name !== "").sort(),
    state: letterStates,
  };
  const selected = (name: string) => query.get(name) || undefined;
  const filter = {
    code: selected("code"),
    function: selected("function"),
    state: selected("state") as LetterStateName | undefined,
  };
  const canSettle = filter.state === undefined || filter.state === "waiting" || filter.state === "exhausted";
  return (
    <div class="row topics-filters">
      <Choice name="code" label="Code" choices={choices.code} value={filter.code} />
      <Choice name="function" label="Function" choices={choices.function} value={filter.function} />
      <Choice name="state" label="State" choices={choices.state} value={filter.state} />
      <button type="button" onClick={reload}>
        Reload
      </button>
      {settle !== undefined && canSettle && (
        <>
          {filter.state !== "exhausted" && (
            <button type="button" class="main" onClick={() => settle({ action: "replay", filter })}>
              Replay all of these …
            </button>
          )}
          <button type="button" onClick={() => settle({ action: "discard", filter })}>
            Discard all of these …
          </button>
        </>
      )}
    </div>
  );
}

function Choice({
  name,
  label,
  choices,
  value,
}: {
  name: "code" | "function" | "state";
  label: string;
  choices: readonly string[];
  value: string | undefined;
}) {
  const shown = value === undefined || choices.includes(value) ? choices : [...choices, value];
  return (
    <Field label={label}>
      <select value={value ?? ""} onChange={({ currentTarget }) => setQuery({ [name]: currentTarget.value })}>
        <option value="">All</option>
        {shown.map((choice) => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
      </select>
    </Field>
  );
}
