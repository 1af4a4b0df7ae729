import { useEffect, useRef, useState } from "preact/hooks";
import type { Example } from "../../src/console/functions/view.ts";
import { Copyable } from "../parts/copyable.tsx";
import { Field } from "../parts/field.tsx";
import { viewUrl } from "../shell/router.ts";
import { AnswerView } from "./answer-view.tsx";
import { AsyncResult } from "./async-result.tsx";
import { curlLine, hasBody } from "./curl-line.ts";
import { ExamplePicker } from "./example-picker.tsx";
import { type Answer, functionUrl, invoke, parseHeaders } from "./invoke.ts";
import { useSavedExamples } from "./saved-examples.ts";

const methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

/** The outcome of the last call. */
type Outcome =
  | { kind: "none" | "calling" }
  | { kind: "failed"; reason: string }
  | { kind: "answered"; answer: Answer }
  | { kind: "accepted"; callId: string };

/** Options of InvokeForm. */
interface InvokeFormOptions {
  name: string;
  examples: readonly Example[];
  /** The label of the initial example; unset: the first one. */
  chosen?: string | undefined;
  /** Called with the label of the example that the user chooses. */
  onChoose?: (label: string) => void;
}

/** A form that calls a function and shows its answer, with examples and the equivalent curl command. */
export function InvokeForm({ name, examples, chosen, onChoose }: InvokeFormOptions) {
  const saved = useSavedExamples(name);
  const [call, setCall] = useState<Example>(
    () => [...saved.saved, ...examples].find(({ label }) => label === chosen) ?? examples[0]!,
  );
  const [headersText, setHeadersText] = useState("");
  const [outcome, setOutcome] = useState<Outcome>({ kind: "none" });
  const abort = useRef<AbortController | undefined>(undefined);
  useEffect(() => () => abort.current?.abort(), []);
  const { method, query, body } = call;
  const headers = parseHeaders(headersText);
  const isCalling = outcome.kind === "calling";
  const change = (changes: Partial<Example>) => setCall({ ...call, ...changes });

  function choose(example: Example): void {
    setCall(example);
    onChoose?.(example.label);
  }

  async function send(route: "function" | "async-function"): Promise<void> {
    abort.current?.abort();
    const current = new AbortController();
    abort.current = current;
    setOutcome({ kind: "calling" });
    const result = await invoke(
      functionUrl(name, query, route),
      { method, body, headers },
      current.signal,
    ).then(
      (answer): Outcome =>
        route === "async-function" && answer.status === 202
          ? { kind: "accepted", callId: answer.callId }
          : { kind: "answered", answer },
      (error: unknown): Outcome => ({ kind: "failed", reason: errorText(error, current.signal) }),
    );
    if (abort.current === current) setOutcome(result);
  }

  return (
    <form
      class="functions-invoke"
      data-name={name}
      onSubmit={(event) => {
        event.preventDefault();
        void send("function");
      }}
    >
      <div class="functions-call">
        <ExamplePicker examples={examples} saved={saved} call={call} onChoose={choose} />
        <div class="row">
          <Field label="Method">
            <select value={method} onChange={({ currentTarget }) => change({ method: currentTarget.value })}>
              {methods.map((text) => (
                <option key={text}>{text}</option>
              ))}
            </select>
          </Field>
          <div class="functions-query">
            <Field label="Path and query">
              <input
                type="text"
                autocomplete="off"
                spellcheck={false}
                placeholder="?name=value"
                value={query}
                onInput={({ currentTarget }) => change({ query: currentTarget.value })}
              />
            </Field>
          </div>
        </div>
        {hasBody(method) && (
          <Field label="Body">
            <textarea
              rows={Math.min(12, Math.max(3, body.split("\n").length))}
              spellcheck={false}
              value={body}
              onInput={({ currentTarget }) => change({ body: currentTarget.value })}
            />
          </Field>
        )}
        <details>
          <summary>Headers{headers.length > 0 && ` (${headers.length})`}</summary>
          <Field label="One per line (name: value)">
            <textarea
              rows={2}
              spellcheck={false}
              value={headersText}
              onInput={({ currentTarget }) => setHeadersText(currentTarget.value)}
            />
          </Field>
        </details>
        <div class="row">
          <button type="submit" class="main" disabled={isCalling}>
            Invoke
          </button>
          <button type="button" disabled={isCalling} onClick={() => void send("async-function")}>
            Invoke asynchronously
          </button>
          {isCalling && (
            <button type="button" onClick={() => abort.current?.abort()}>
              Cancel
            </button>
          )}
        </div>
        <p class="curl">
          <Copyable text={curlLine(functionUrl(name, query).href, { method, body, headers })} />
        </p>
      </div>
      <OutcomeView name={name} outcome={outcome} />
    </form>
  );
}

function errorText(error: unknown, { aborted }: AbortSignal): string {
  if (aborted) return "The call was cancelled.";
  return navigator.onLine && /header/i.test(String(error))
    ? "The name or value of a header is not valid."
    : "The gateway does not answer.";
}

function OutcomeView({ name, outcome }: { name: string; outcome: Outcome }) {
  switch (outcome.kind) {
    case "none":
      return <p class="functions-outcome quiet">The answer appears here.</p>;
    case "calling":
      return (
        <p class="quiet" role="status">
          calling …
        </p>
      );
    case "failed":
      return (
        <p class="bad" role="alert">
          {outcome.reason}
        </p>
      );
    case "answered":
      return <AnswerView name={name} answer={outcome.answer} />;
    case "accepted":
      return (
        <div class="functions-answer">
          <p>
            Accepted as{" "}
            <Copyable
              text={outcome.callId}
              href={viewUrl(["functions", name], { tab: "async", call: outcome.callId })}
            />
          </p>
          <AsyncResult key={outcome.callId} name={name} callId={outcome.callId} />
        </div>
      );
  }
}
