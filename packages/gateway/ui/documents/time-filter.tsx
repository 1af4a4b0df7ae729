import { Field } from "../parts/field.tsx";
import type { FilterChanges } from "./document-query.ts";
import { useCommitted } from "./use-committed.ts";

interface TimeFilterOptions {
  query: URLSearchParams;
  change: (changes: FilterChanges) => void;
}

const presets: readonly (readonly [value: string, label: string])[] = [
  ["", "Any time"],
  ["15m", "Last 15 minutes"],
  ["1h", "Last hour"],
  ["24h", "Last 24 hours"],
  ["7d", "Last 7 days"],
  ["30d", "Last 30 days"],
  ["custom", "From … to …"],
];

const dayMs = 86_400_000;

/** The filter of the score's time: a preset, or two bounds. */
export function TimeFilter({ query, change }: TimeFilterOptions) {
  const [from, to] = [query.get("from") ?? "", query.get("to") ?? ""];
  const isCustom = from !== "" || to !== "";
  const choose = (value: string) =>
    change(
      value === "custom"
        ? { last: undefined, from: new Date(Date.now() - dayMs).toISOString(), to: undefined }
        : { last: value, from: undefined, to: undefined },
    );
  return (
    <>
      <Field label="Scored">
        <select
          value={isCustom ? "custom" : (query.get("last") ?? "")}
          onChange={({ currentTarget }) => choose(currentTarget.value)}
        >
          {presets.map(([value, label]) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </Field>
      {isCustom && (
        <div class="documents-times">
          <TimeField label="From" value={from} set={(value) => change({ from: value })} />
          <TimeField label="Before" value={to} set={(value) => change({ to: value })} />
        </div>
      )}
    </>
  );
}

/** An input for a time in the browser's time zone. */
function TimeField({ label, value, set }: { label: string; value: string; set: (value: string) => void }) {
  const input = useCommitted(toLocal(value), (local) => set(toUtc(local)));
  return (
    <Field label={label}>
      <input type="datetime-local" step={1} {...input} />
    </Field>
  );
}

function toLocal(utc: string): string {
  const time = Date.parse(utc);
  if (Number.isNaN(time)) return "";
  return new Date(time - new Date(time).getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}

function toUtc(local: string): string {
  const time = new Date(local);
  return Number.isNaN(time.getTime()) ? "" : time.toISOString();
}
