/** The maximum length of a reason, which is logged and sent in headers. */
const maxReasonLength = 1_000;

/** The final refusal of a message or of its item. */
export interface Refusal {
  /** HTTP status. */
  status: number;
  /** The stable name of the error. */
  code: string;
  reason: string;
}

/** The outcome of a message or of its item, from an entry of the answer. */
type EntryOutcome =
  | { kind: "refused"; refusal: Refusal }
  | { kind: "skipped"; reason: string }
  /** The item cannot be processed yet. */
  | { kind: "waits"; reason: string };

/** An entry with an outcome other than success, and the index of its item. */
export interface Entry {
  index: number;
  outcome: EntryOutcome;
}

/** Statuses of an entry for an item that a service behind the function cannot accept yet. */
const transient = new Set([502, 503, 504]);

/** Whether a text may have entries of failed or skipped items: a fast check before parsing. */
export function mayHaveEntries(text: string): boolean {
  return text.includes('"error"') || text.includes('"skipped"');
}

/** Reads `{"index": 3, "error": {…}}` or `{"index": 3, "skipped": "…"}`; undefined for anything else, such as a result. */
export function readEntry(value: unknown): Entry | undefined {
  const { index, error, skipped } = toObject(value);
  if (typeof index !== "number" || !Number.isInteger(index) || index < 0) return undefined;
  if (typeof error === "object" && error !== null) return { index, outcome: readError(toObject(error)) };
  return typeof skipped === "string" ? { index, outcome: { kind: "skipped", reason: skipped } } : undefined;
}

function readError({ status, code, detail }: Record<string, unknown>): EntryOutcome {
  const refusal = {
    status: Number(status) || 422,
    code: cut(code) ?? "unknown",
    reason: cut(detail) ?? "The function returned no reason.",
  };
  return transient.has(refusal.status)
    ? { kind: "waits", reason: `${refusal.code}: ${refusal.reason}` }
    : { kind: "refused", refusal };
}

/** Reads the entries among the results of a message with several items. The index of an entry is its position in the list. */
export function readNestedEntries(results: readonly unknown[]): Entry[] {
  return results.flatMap((result, index) => {
    const entry = readEntry(result);
    return entry?.index === index ? [entry] : [];
  });
}

/** Reads the refusal of a whole call from problem+json, or from any other body. */
export function readProblem(status: number, body: string): Refusal {
  const { code, detail } = toObject(parseJson(body));
  return {
    status,
    code: cut(code) ?? `http_${status}`,
    reason: cut(detail) ?? `The function answered with HTTP status ${status}.`,
  };
}

/** Parses JSON; undefined for any other text. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Returns the value if it is an object, else an empty object. */
export function toObject(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function cut(text: unknown): string | undefined {
  return typeof text === "string" ? text.slice(0, maxReasonLength) : undefined;
}
