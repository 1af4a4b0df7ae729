/** In characters: reasons are logged and sent in headers. */
const longestReason = 1_000;

/** Why a message, or an item of it, is refused for good. */
export interface Refusal {
  /** HTTP status. */
  status: number;
  /** Stable name of the error. */
  code: string;
  reason: string;
}

/** What an entry of an answer says of a message or of one of its items. */
type EntryOutcome =
  | { kind: "refused"; refusal: Refusal }
  | { kind: "skipped"; reason: string }
  /** The item cannot be processed yet. */
  | { kind: "waits"; reason: string };

/** An entry with an outcome other than success, and the place of its item. */
export interface Entry {
  index: number;
  outcome: EntryOutcome;
}

/** Statuses of an entry that say that a service behind the function does not take the item yet. */
const waiting = new Set([502, 503, 504]);

/** Whether a text may have entries that are no results: a quick look before it is parsed. */
export function mayHaveEntries(text: string): boolean {
  return text.includes('"error"') || text.includes('"skipped"');
}

/** `{"index": 3, "error": {…}}` or `{"index": 3, "skipped": "…"}`; undefined for anything else, such as a result. */
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
    reason: cut(detail) ?? "The function gives no reason.",
  };
  return waiting.has(refusal.status)
    ? { kind: "waits", reason: `${refusal.code}: ${refusal.reason}` }
    : { kind: "refused", refusal };
}

/** The entries among the results of a message that holds several items: those whose index is their place. */
export function readNestedEntries(results: readonly unknown[]): Entry[] {
  return results.flatMap((result, place) => {
    const entry = readEntry(result);
    return entry?.index === place ? [entry] : [];
  });
}

/** The refusal of a call as a whole: problem+json, or anything. */
export function readProblem(status: number, body: string): Refusal {
  const { code, detail } = toObject(parseJson(body));
  return {
    status,
    code: cut(code) ?? `http_${status}`,
    reason: cut(detail) ?? `The function answered with HTTP status ${status}.`,
  };
}

/** The value of a JSON text; undefined where it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The value as an object; empty where it is none. */
export function toObject(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

function cut(text: unknown): string | undefined {
  return typeof text === "string" ? text.slice(0, longestReason) : undefined;
}
