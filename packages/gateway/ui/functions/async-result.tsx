import { useMemo } from "preact/hooks";
import type { AnswerExcerpt, AsyncCallResult } from "../../src/console/functions/view.ts";
import { Figures } from "../parts/figures.tsx";
import { spanText } from "../parts/format.ts";
import { RelativeTime, useNow } from "../parts/relative-time.tsx";
import { Loaded } from "../parts/states.tsx";
import { useQuery } from "../shell/use-query.ts";
import { AnswerBody } from "./answer-body.tsx";
import { StatusCode } from "./status-code.tsx";

const pollMs = 1_000;
/** The waiting time after which another gateway may have the call. */
const longMs = 10_000;

/** An asynchronous call: its state until it ends, then the answer. */
export function AsyncResult({ name, callId }: { name: string; callId: string }) {
  const path = `functions/${encodeURIComponent(name)}/async-calls/${encodeURIComponent(callId)}`;
  // Polls even after the end, because a repeated call has the same id.
  const query = useQuery<AsyncCallResult>(path, { intervalMs: pollMs });
  return <Loaded query={query}>{(call) => <Result call={call} />}</Loaded>;
}

function Result({ call }: { call: AsyncCallResult }) {
  const { state, status, acceptedAt, endedAt, failure, answer, callback } = call;
  return (
    <div class="functions-result">
      <Figures
        figures={[
          [
            "State",
            <span class={`state ${state}`} role="status">
              {state}
            </span>,
          ],
          ["Accepted", <RelativeTime time={acceptedAt} />],
          ["Status", status === null ? "–" : <StatusCode status={status} />],
          ["From acceptance to end", endedAt === null ? "–" : durationText(endedAt - acceptedAt)],
          ...(callback === null
            ? []
            : ([["Callback", callback === "delivered" ? "delivered" : "given up"]] as const)),
        ]}
      />
      {state === "waiting" && <Waiting since={acceptedAt} />}
      {failure !== "" && <p class="bad">{failure}</p>}
      {answer !== null && <Excerpt answer={answer} />}
    </div>
  );
}

function durationText(milliseconds: number): string {
  return milliseconds < 1_000 ? `${milliseconds} ms` : spanText(milliseconds);
}

function Waiting({ since }: { since: number }) {
  if (useNow() - since < longMs) return null;
  return (
    <p class="quiet">
      This gateway has not started the call. If several gateways share the queue, another one may have the
      result.
    </p>
  );
}

function Excerpt({ answer }: { answer: AnswerExcerpt }) {
  const { type, bytes } = answer;
  const body = useMemo(() => toBlob(answer), [answer.body, answer.isBase64]);
  return <AnswerBody body={body} type={type} bytes={bytes} label="Result" />;
}

function toBlob({ body, isBase64 }: AnswerExcerpt): Blob {
  if (!isBase64) return new Blob([body]);
  return new Blob([Uint8Array.from(atob(body), (character) => character.charCodeAt(0))]);
}
