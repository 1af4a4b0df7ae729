import { useEffect, useState } from "preact/hooks";
import type { TopicView } from "../../src/console/topics/view.ts";
import { Field } from "../parts/field.tsx";
import { setQuery } from "../shell/router.ts";

const froms = {
  newest: "Newest first",
  oldest: "Oldest first",
  offset: "From an offset",
  time: "From a time",
};
const limits = [50, 100, 500];

/** The filters of messages. Choices apply at once, texts on Enter. */
export function MessageFilters({ topic, query }: { topic: TopicView; query: URLSearchParams }) {
  const isLive = query.get("live") === "1";
  const from = query.get("from") ?? "newest";
  const selectedPartition = query.get("partition") ?? "";
  const time = query.get("time");
  const [searched, start] = [query.get("contains") ?? "", query.get("offset") ?? ""];
  const [contains, setContains] = useState(searched);
  const [offset, setOffset] = useState(start);
  // A link or the back button changes the URL, but not these fields.
  useEffect(() => setContains(searched), [searched]);
  useEffect(() => setOffset(start), [start]);
  /** Applies a filter from the first page on. */
  const apply = (changes: Parameters<typeof setQuery>[0]) => setQuery({ ...changes, cursor: undefined });
  const startsAtOffset = !isLive && from === "offset";
  return (
    <form
      class="row topics-filters"
      onSubmit={(event) => {
        event.preventDefault();
        apply({ contains, ...(startsAtOffset ? { offset } : {}) });
      }}
    >
      <Field label="Show">
        <select
          value={isLive ? "live" : from}
          onChange={({ currentTarget: { value } }) =>
            value === "live"
              ? apply({ live: 1, from: undefined })
              : apply({
                  live: undefined,
                  from: value === "newest" ? undefined : value,
                  ...(value === "offset" && selectedPartition === "" ? { partition: 0 } : {}),
                })
          }
        >
          {Object.entries(froms).map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
          <option value="live">Live: new messages</option>
        </select>
      </Field>
      <Field label="Partition">
        <select
          value={selectedPartition}
          onChange={({ currentTarget }) => apply({ partition: currentTarget.value })}
        >
          {!startsAtOffset && <option value="">All</option>}
          {topic.partitionList.map(({ partition }) => (
            <option key={partition} value={partition}>
              {partition}
            </option>
          ))}
        </select>
      </Field>
      {startsAtOffset && (
        <Field label="Offset">
          <input
            inputMode="numeric"
            pattern="\d+"
            size={10}
            value={offset}
            onInput={({ currentTarget }) => setOffset(currentTarget.value)}
          />
        </Field>
      )}
      {!isLive && from === "time" && (
        <Field label="Time">
          <input
            type="datetime-local"
            step={1}
            value={time === null ? "" : localTime(time)}
            onChange={({ currentTarget: { value } }) =>
              apply({ time: value === "" ? undefined : new Date(value).toISOString() })
            }
          />
        </Field>
      )}
      {!isLive && (
        <>
          <Field label="Key or value contains">
            <input
              type="search"
              value={contains}
              onInput={({ currentTarget }) => setContains(currentTarget.value)}
            />
          </Field>
          <Field label="Page">
            <select
              value={query.get("limit") ?? "50"}
              onChange={({ currentTarget: { value } }) =>
                apply({ limit: value === "50" ? undefined : value })
              }
            >
              {limits.map((limit) => (
                <option key={limit} value={limit}>
                  {limit}
                </option>
              ))}
            </select>
          </Field>
          <button type="submit">Search</button>
        </>
      )}
    </form>
  );
}

/** Converts a time for an input of the type datetime-local, which has no time zone. */
function localTime(text: string): string {
  const time = new Date(text);
  if (Number.isNaN(time.getTime())) return "";
  return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}
