import type { CallView, FunctionCalls } from "../../src/console/functions/view.ts";
import { CopyButton } from "../parts/copyable.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { Field } from "../parts/field.tsx";
import { dateTimeText, millisecondText } from "../parts/format.ts";
import { Panel } from "../parts/panel.tsx";
import { RelativeTime } from "../parts/relative-time.tsx";
import { Empty, Loaded } from "../parts/states.tsx";
import { setQuery, viewUrl } from "../shell/router.ts";
import { useQuery } from "../shell/use-query.ts";
import { callKinds } from "./call-kinds.ts";
import { CallPanel } from "./call-panel.tsx";
import { StatusCode } from "./status-code.tsx";
import { TrafficCharts } from "./traffic-charts.tsx";

const pollMs = 2_000;

/** The choices of the status filter: first digits of statuses. */
const statuses: Readonly<Record<string, string>> = { "2": "2xx", "4": "4xx", "5": "5xx" };

/** The calls of a function: over time, and the last 100 with their log lines. */
export function CallsPanel({ name, query }: { name: string; query: URLSearchParams }) {
  const callsQuery = useQuery<FunctionCalls>(`functions/${encodeURIComponent(name)}/calls`, {
    intervalMs: pollMs,
  });
  const chosen = query.get("call") ?? "";
  return (
    <Loaded query={callsQuery}>
      {({ since, minutes, calls }) => (
        <>
          <Panel
            title="Traffic"
            wide
            tools={
              <p class="quiet">
                What this gateway has counted since {dateTimeText(since)}, in memory: at most two hours.
              </p>
            }
          >
            <TrafficCharts minutes={minutes} />
          </Panel>
          {chosen !== "" && <CallPanel key={chosen} name={name} callId={chosen} calls={calls} />}
          <Panel title="Last calls" wide>
            <LastCalls name={name} calls={calls} query={query} />
          </Panel>
        </>
      )}
    </Loaded>
  );
}

function LastCalls({
  name,
  calls,
  query,
}: {
  name: string;
  calls: readonly CallView[];
  query: URLSearchParams;
}) {
  if (calls.length === 0)
    return (
      <Empty title="No calls yet.">
        <p>
          This gateway remembers the last 100 calls.{" "}
          <a href={viewUrl(["functions", name])}>Invoke the function</a> to see one.
        </p>
      </Empty>
    );
  const statusFilter = query.get("status") ?? "";
  const kindFilter = query.get("kind") ?? "";
  const shown = calls.filter(
    (call) => (kindFilter === "" || call.kind === kindFilter) && String(call.status).startsWith(statusFilter),
  );
  return (
    <>
      <div class="row">
        <Choice label="Status" name="status" value={statusFilter} choices={statuses} />
        <Choice label="Kind" name="kind" value={kindFilter} choices={callKinds} />
      </div>
      {shown.length === 0 && <Empty title="None of the last 100 calls matches." />}
      <DataTable
        caption={`The last calls of ${name}, newest first`}
        rows={shown}
        rowKey={({ callId, time }) => `${callId} ${time}`}
        columns={[
          { head: "Began", cell: ({ time }) => <RelativeTime time={time} /> },
          { head: "Status", cell: ({ status }) => <StatusCode status={status} />, isNumber: true },
          { head: "Duration", cell: ({ milliseconds }) => millisecondText(milliseconds), isNumber: true },
          { head: "Kind", cell: ({ kind }) => callKinds[kind] },
          {
            head: "Call id",
            cell: ({ callId }) => (
              <span class="copyable">
                <a
                  href={viewUrl(["functions", name], {
                    tab: "calls",
                    status: statusFilter,
                    kind: kindFilter,
                    call: callId,
                  })}
                >
                  <code>{callId}</code>
                </a>
                <CopyButton text={callId} />
              </span>
            ),
          },
        ]}
      />
    </>
  );
}

function Choice({
  label,
  name,
  value,
  choices,
}: {
  label: string;
  name: string;
  value: string;
  choices: Readonly<Record<string, string>>;
}) {
  return (
    <Field label={label}>
      <select value={value} onChange={({ currentTarget }) => setQuery({ [name]: currentTarget.value })}>
        <option value="">all</option>
        {Object.entries(choices).map(([choice, text]) => (
          <option key={choice} value={choice}>
            {text}
          </option>
        ))}
      </select>
    </Field>
  );
}
