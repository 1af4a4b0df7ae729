import { Copyable } from "../parts/copyable.tsx";
import { bytesText, countedText, millisecondText } from "../parts/format.ts";
import { viewUrl } from "../shell/router.ts";
import { AnswerBody } from "./answer-body.tsx";
import type { Answer } from "./invoke.ts";
import { StatusCode } from "./status-code.tsx";

/** The answer of a function: status, duration, call id, headers and body. */
export function AnswerView({ name, answer }: { name: string; answer: Answer }) {
  const { status, statusText, milliseconds, type, body, headers, callId } = answer;
  return (
    <div class="functions-answer">
      <p role="status">
        <StatusCode status={status} text={statusText} /> in {millisecondText(milliseconds)},{" "}
        {type || "no content type"}, {bytesText(body.size)}
      </p>
      <AnswerBody body={body} type={type} label={`Answer of ${name}`} />
      {callId !== "" && (
        <p>
          Call <Copyable text={callId} href={viewUrl(["functions", name], { tab: "calls", call: callId })} />
        </p>
      )}
      <details>
        <summary>{countedText(headers.length, "header")}</summary>
        <dl class="functions-headers">
          {headers.map(([header, value]) => (
            <div key={header}>
              <dt>{header}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      </details>
    </div>
  );
}
