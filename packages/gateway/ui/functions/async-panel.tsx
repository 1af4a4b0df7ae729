import type { AsyncCallView } from "../../src/console/functions/view.ts";
import { CopyButton } from "../parts/copyable.tsx";
import { DataTable } from "../parts/data-table.tsx";
import { Panel } from "../parts/panel.tsx";
import { RelativeTime } from "../parts/relative-time.tsx";
import { Empty, Loaded } from "../parts/states.tsx";
import { setQuery, viewUrl } from "../shell/router.ts";
import { useQuery } from "../shell/use-query.ts";
import { AsyncResult } from "./async-result.tsx";
import { StatusCode } from "./status-code.tsx";

const pollMs = 2_000;

/** The asynchronous calls of a function, and the result of one. */
export function AsyncPanel({ name, query }: { name: string; query: URLSearchParams }) {
  const callsQuery = useQuery<AsyncCallView[]>(`functions/${encodeURIComponent(name)}/async-calls`, {
    intervalMs: pollMs,
  });
  const chosen = query.get("call") ?? "";
  return (
    <>
      {chosen !== "" && (
        <Panel
          title={`Call ${chosen}`}
          wide
          tools={
            <button type="button" onClick={() => setQuery({ call: undefined })}>
              Close
            </button>
          }
        >
          <AsyncResult key={chosen} name={name} callId={chosen} />
        </Panel>
      )}
      <Panel
        title="Asynchronous calls"
        wide
        tools={
          <p class="quiet">
            This gateway keeps the last 100 calls of all functions in memory, 64 kB of each answer.
          </p>
        }
      >
        <Loaded query={callsQuery}>
          {(calls) =>
            calls.length === 0 ? (
              <Empty title="No asynchronous calls yet.">
                <p>
                  <a href={viewUrl(["functions", name])}>Invoke the function asynchronously</a>: the gateway
                  answers 202 at once, calls the function later, and keeps its answer here.
                </p>
              </Empty>
            ) : (
              <Calls name={name} calls={calls} />
            )
          }
        </Loaded>
      </Panel>
    </>
  );
}

function Calls({ name, calls }: { name: string; calls: readonly AsyncCallView[] }) {
  return (
    <DataTable
      caption={`Asynchronous calls of ${name}, newest first`}
      rows={calls}
      rowKey={({ callId }) => callId}
      columns={[
        { head: "Accepted", cell: ({ acceptedAt }) => <RelativeTime time={acceptedAt} /> },
        { head: "State", cell: ({ state }) => state },
        {
          head: "Status",
          cell: ({ status }) => (status === null ? "–" : <StatusCode status={status} />),
          isNumber: true,
        },
        { head: "Call", cell: ({ method, path }) => <code>{`${method} ${path}`}</code> },
        { head: "Callback", cell: ({ callback }) => callback?.replace("_", " ") ?? "–" },
        {
          head: "Call id",
          cell: ({ callId }) => (
            <span class="copyable">
              <a href={viewUrl(["functions", name], { tab: "async", call: callId })}>
                <code>{callId}</code>
              </a>
              <CopyButton text={callId} />
            </span>
          ),
        },
      ]}
    />
  );
}
