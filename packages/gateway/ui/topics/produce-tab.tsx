import { useState } from "preact/hooks";
import type { ProducedView, ProduceRequest, TopicView } from "../../src/console/topics/view.ts";
import { Confirm } from "../parts/confirm.tsx";
import { Field } from "../parts/field.tsx";
import { bytesText } from "../parts/format.ts";
import { type ApiError, sendJson } from "../shell/api.ts";
import { useLive } from "../shell/live-events.ts";
import { viewUrl } from "../shell/router.ts";
import { ReadOnly } from "./read-only.tsx";

/** The form that produces a message. */
export function ProduceTab({ topic }: { topic: TopicView }) {
  const isReadOnly = useLive("about")?.isReadOnly ?? true;
  if (isReadOnly)
    return (
      <section class="panel" aria-label="Produce">
        <ReadOnly restriction="produces no messages" />
      </section>
    );
  return <ProduceForm topic={topic} />;
}

function ProduceForm({ topic: { name, partitionList } }: { topic: TopicView }) {
  const [key, setKey] = useState("");
  const [value, setValue] = useState("");
  const [headers, setHeaders] = useState("");
  const [selectedPartition, setSelectedPartition] = useState("");
  const [kind, setKind] = useState<"text" | "base64" | "tombstone">("text");
  const [isAsking, setAsking] = useState(false);
  const [isSending, setSending] = useState(false);
  const [result, setResult] = useState<ProducedView | ApiError | undefined>();
  const size = new TextEncoder().encode(value).length;

  async function send(): Promise<void> {
    setAsking(false);
    setSending(true);
    const request: ProduceRequest = {
      key: key === "" ? null : key,
      value: kind === "tombstone" ? null : value,
      isBase64: kind === "base64",
      headers: readHeaders(headers),
      ...(selectedPartition === "" ? {} : { partition: Number(selectedPartition) }),
    };
    const path = `topics/${encodeURIComponent(name)}/messages`;
    setResult(await sendJson<ProducedView>("POST", path, request).catch((error: ApiError) => error));
    setSending(false);
  }

  return (
    <section class="panel" aria-label="Produce">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          setAsking(true);
        }}
      >
        <div class="row">
          <Field label="Partition">
            <select
              value={selectedPartition}
              onChange={({ currentTarget }) => setSelectedPartition(currentTarget.value)}
            >
              <option value="">By the key</option>
              {partitionList.map(({ partition }) => (
                <option key={partition} value={partition}>
                  {partition}
                </option>
              ))}
            </select>
          </Field>
          <Field label="Key and value are">
            <select
              value={kind}
              onChange={({ currentTarget }) => setKind(currentTarget.value as typeof kind)}
            >
              <option value="text">Text</option>
              <option value="base64">Base64</option>
              <option value="tombstone">A key without a value (tombstone)</option>
            </select>
          </Field>
          <Field label="Key (empty: none)">
            <input value={key} onInput={({ currentTarget }) => setKey(currentTarget.value)} />
          </Field>
        </div>
        {kind !== "tombstone" && (
          <Field label="Value">
            <textarea
              class="topics-value"
              rows={8}
              value={value}
              onInput={({ currentTarget }) => setValue(currentTarget.value)}
            />
          </Field>
        )}
        <Field label="Headers (one per line, name: value)">
          <textarea
            class="topics-value"
            rows={2}
            value={headers}
            onInput={({ currentTarget }) => setHeaders(currentTarget.value)}
          />
        </Field>
        <div>
          <button type="submit" class="main" disabled={isSending || (kind === "tombstone" && key === "")}>
            Produce …
          </button>
        </div>
      </form>
      {isAsking && (
        <Confirm
          title={`Produce a message to ${name}?`}
          action="Produce"
          onConfirm={() => void send()}
          onCancel={() => setAsking(false)}
        >
          <p>
            {kind === "tombstone"
              ? `A tombstone for the key "${key}"; compaction deletes the key's messages.`
              : `A value of ${bytesText(size)}, ${selectedPartition === "" ? "in the partition of its key" : `in partition ${selectedPartition}`}.`}{" "}
            Consumers get it at once. This cannot be undone.
          </p>
        </Confirm>
      )}
      <Result name={name} result={result} />
    </section>
  );
}

function Result({ name, result }: { name: string; result: ProducedView | ApiError | undefined }) {
  if (result === undefined) return null;
  if (result instanceof Error)
    return (
      <p class="bad" role="alert">
        {result.message}
      </p>
    );
  const { offset, partition } = result;
  return (
    <p role="status">
      Stored as{" "}
      <a href={viewUrl(["topics", name, "messages", partition, offset])}>
        {name}/{partition}/{offset}
      </a>
      .
    </p>
  );
}

/** Parses lines "name: value". A line without a colon is a name with an empty value. */
function readHeaders(text: string): [name: string, value: string][] {
  return text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const [, name = line, value = ""] = /^([^:]*):\s?(.*)$/.exec(line) ?? [];
      return [name.trim(), value];
    });
}
