import { randomUUID } from "node:crypto";
import type { PlatformError } from "../errors/platform-error.ts";
import { publicDetail, toProblem } from "../errors/problem.ts";
import { Batch, Skipped } from "./batch.ts";
import { Representation } from "./representation.ts";
import type { FunctionRequest } from "./request.ts";

/** What goes back to the caller. */
export interface Answer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/**
 * A result as the answer to a call: JSON, NDJSON for a batch that came so, 304 for what the caller has already. Who sends
 * `Prefer: return=minimal` with NDJSON gets only the entries of items that failed or were skipped.
 */
export function answerOf(result: unknown, request: FunctionRequest): Answer {
  if (result instanceof Representation) {
    const { headers, json } = result;
    if (result.isHeldBy(request)) return { status: 304, headers, body: "" };
    return ok("application/json", `${json}\n`, headers);
  }
  if (!(result instanceof Batch)) return ok("application/json", `${toJson(result)}\n`);
  if (result.form === "ndjson") return answerOfLines(result, prefersMinimal(request));
  return ok(
    "application/json",
    `${toJson(result.form === "single" ? entryAlone(result) : result.entries())}\n`,
  );
}

/** The result of one item, without an index. */
function entryAlone(batch: Batch<unknown>): unknown {
  const [item] = batch.items;
  return item instanceof Skipped ? { skipped: item.reason } : batch.entries()[0];
}

function answerOfLines(batch: Batch<unknown>, minimal: boolean): Answer {
  const entries = minimal ? batch.remarks() : batch.entries();
  const headers = minimal ? { "preference-applied": "return=minimal" } : {};
  return ok("application/x-ndjson", entries.map((entry) => `${toJson(entry)}\n`).join(""), headers);
}

/** Does the caller want only the entries without a result (RFC 7240)? */
function prefersMinimal(request: FunctionRequest): boolean {
  return /(^|[,;\s])return\s*=\s*"?minimal\b/i.test(request.header("prefer") ?? "");
}

/** An error as the answer: problem+json (RFC 9457), with the sentence that the caller may read. */
export function answerOfError(error: PlatformError, detail = publicDetail(error)): Answer {
  return {
    status: error.status,
    headers: { "content-type": "application/problem+json", ...error.headers },
    body: `${toJson(toProblem(error, detail))}\n`,
  };
}

/**
 * JSON in which a BigInt is an integer with all its digits.
 * @throws TypeError when the value has no JSON form.
 */
export function toJson(value: unknown): string {
  const text = hasBigInt(value)
    ? JSON.stringify(value, markBigInt).replaceAll(markedBigInt, "$1")
    : JSON.stringify(value);
  if (text === undefined) throw new TypeError("the result has no JSON form");
  return text;
}

/** Stands before the digits of a BigInt while it is text. Nobody can guess it, so no other text begins with it. */
const bigIntMark = randomUUID();
const markedBigInt = new RegExp(`"${bigIntMark}(-?\\d+)"`, "g");

function markBigInt(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? `${bigIntMark}${value}` : value;
}

/** JSON.stringify is much faster without a function that looks at every value. */
function hasBigInt(value: unknown): boolean {
  if (typeof value === "bigint") return true;
  return typeof value === "object" && value !== null && Object.values(value).some(hasBigInt);
}

function ok(contentType: string, body: string, headers: Answer["headers"] = {}): Answer {
  return { status: 200, headers: { "content-type": contentType, ...headers }, body };
}
