import type { FunctionAnswer } from "./function-client.ts";

/** In characters: reasons are logged and sent in headers. */
const longestReason = 1_000;

/** Why a message is refused for good. */
export interface Refusal {
  /** HTTP status. */
  status: number;
  /** Stable name of the error. */
  code: string;
  reason: string;
}

/** How the answer to a call is interpreted for the messages of the call. */
export type Verdict =
  /** All are delivered, except the refused ones, by their index in the call. */
  | { kind: "delivered"; refused: ReadonlyMap<number, Refusal> }
  /** The function refuses the call as a whole, with a final status. */
  | { kind: "refused"; refusal: Refusal }
  /** The same call may succeed later. */
  | { kind: "retry"; reason: string };

/** 4xx that report the state of the platform, not a fault of the message. */
const transient = new Set([401, 403, 404, 405, 408, 425, 429]);

/**
 * The verdict on a call.
 *
 * @param count how many lines of NDJSON it had: an answer in NDJSON has entries then, one for each or, where it says
 * so, only those of items that failed; undefined when the call was one message as it stands
 */
export function verdictOf(answer: FunctionAnswer, count?: number): Verdict {
  const { status, contentType, body } = answer;
  if (status >= 200 && status < 300) {
    return count !== undefined && /^application\/(x-)?ndjson/i.test(contentType)
      ? verdictOfEntries(answer, count)
      : { kind: "delivered", refused: new Map() };
  }
  if (status >= 400 && status < 500 && !transient.has(status))
    return { kind: "refused", refusal: refusalOf(status, body) };
  return { kind: "retry", reason: `HTTP status ${status}` };
}

function verdictOfEntries({ body, minimal }: FunctionAnswer, count: number): Verdict {
  const lines = body.split("\n").filter((line) => line.trim() !== "");
  if (!minimal && lines.length !== count)
    return { kind: "retry", reason: `${lines.length} entries for ${count} messages` };
  const refused = new Map<number, Refusal>();
  for (const line of lines) {
    const entry = line.includes('"error"') ? refusalOfEntry(line) : undefined;
    if (entry === undefined && minimal) return { kind: "retry", reason: "a line that is no item's error" };
    if (entry === undefined) continue;
    if (!Number.isInteger(entry.index) || entry.index < 0 || entry.index >= count)
      return { kind: "retry", reason: `an entry for item ${entry.index} of ${count}` };
    refused.set(entry.index, entry.refusal);
  }
  return { kind: "delivered", refused };
}

/** An item's error: `{"index": 3, "error": {"status": 422, "code": "…", "detail": "…"}}`. */
function refusalOfEntry(line: string): { index: number; refusal: Refusal } | undefined {
  const { index, error } = parse(line);
  if (typeof index !== "number" || typeof error !== "object" || error === null) return undefined;
  const { status, code, detail } = error as Record<string, unknown>;
  const refusal = {
    status: Number(status) || 422,
    code: cut(code) ?? "unknown",
    reason: cut(detail) ?? "The function gives no reason.",
  };
  return { index, refusal };
}

/** An answer to the call as a whole: problem+json, or anything. */
function refusalOf(status: number, body: string): Refusal {
  const { code, detail } = parse(body);
  return {
    status,
    code: cut(code) ?? `http_${status}`,
    reason: cut(detail) ?? `The function answered with HTTP status ${status}.`,
  };
}

function cut(text: unknown): string | undefined {
  return typeof text === "string" ? text.slice(0, longestReason) : undefined;
}

function parse(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}
