import type { CallLog, CallView } from "../../src/console/functions/view.ts";
import { Figures } from "../parts/figures.tsx";
import { millisecondText } from "../parts/format.ts";
import { Panel } from "../parts/panel.tsx";
import { RelativeTime } from "../parts/relative-time.tsx";
import { Empty, Loaded } from "../parts/states.tsx";
import { setQuery } from "../shell/router.ts";
import { useQuery } from "../shell/use-query.ts";
import { callKinds } from "./call-kinds.ts";
import { LogLines } from "./log-lines.tsx";
import { StatusCode } from "./status-code.tsx";

/** A call with its log lines. */
export function CallPanel({
  name,
  callId,
  calls,
}: {
  name: string;
  callId: string;
  calls: readonly CallView[];
}) {
  const path = `functions/${encodeURIComponent(name)}/calls/${encodeURIComponent(callId)}/log`;
  const log = useQuery<CallLog>(path);
  const call = calls.find((candidate) => candidate.callId === callId);
  return (
    <Panel
      title={`Call ${callId}`}
      wide
      tools={
        <button type="button" onClick={() => setQuery({ call: undefined })}>
          Close
        </button>
      }
    >
      {call !== undefined && (
        <Figures
          figures={[
            ["Began", <RelativeTime time={call.time} />],
            ["Status", <StatusCode status={call.status} />],
            ["Duration", millisecondText(call.milliseconds)],
            ["Kind", callKinds[call.kind]],
          ]}
        />
      )}
      <h3>Log lines with this call id</h3>
      <Loaded query={log}>
        {({ lines, isCut }) => (
          <>
            {lines.length === 0 ? (
              <Empty title="No log line contains this call id.">
                <p>A function writes the call id as call_id; its LOG_LEVEL decides which calls it logs.</p>
                <button type="button" onClick={log.reload}>
                  Reload
                </button>
              </Empty>
            ) : (
              <section
                class="functions-log"
                aria-label="Log lines"
                // biome-ignore lint/a11y/noNoninteractiveTabindex: the lines scroll, and the keyboard must reach them
                tabIndex={0}
              >
                <LogLines lines={lines.map((line, number) => ({ ...line, number }))} />
              </section>
            )}
            {isCut && <p class="quiet">There are more lines; the log has them all.</p>}
          </>
        )}
      </Loaded>
    </Panel>
  );
}
