import { randomUUID } from "node:crypto";
import type { PlatformError } from "../errors/platform-error.ts";
import { publicDetail, toProblem } from "../errors/problem.ts";
import { Batch, Skipped } from "./batch.ts";
import { Representation } from "./representation.ts";
import type { FunctionRequest } from "./request.ts";

/** The response to a call. */
export interface Answer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/**
 * Converts a result to the response of a call: JSON, NDJSON for a batch in NDJSON, or 304 if the caller's copy is current. To
 * NDJSON with `Prefer: return=minimal`, the response has only the entries of failed and skipped items.
 */
export function toAnswer(result: unknown, request: FunctionRequest): Answer {
  if (result instanceof Representation) {
    const { headers, json } = result;
    if (result.isNotModified(request)) return { status: 304, headers, body: "" };
    return ok("application/json", `${json}\n`, headers);
  }
  if (!(result instanceof Batch)) return ok("application/json", `${toJson(result)}\n`);
  if (result.form === "ndjson") return toLinesAnswer(result, prefersMinimal(request));
  return ok(
    "application/json",
    `${toJson(result.form === "single" ? singleEntry(result) : result.entries())}\n`,
  );
}

/** The entry of a single item, without its index. */
function singleEntry(batch: Batch<unknown>): unknown {
  const [item] = batch.items;
  return item instanceof Skipped ? { skipped: item.reason } : batch.entries()[0];
}

function toLinesAnswer(batch: Batch<unknown>, minimal: boolean): Answer {
  const entries = minimal ? batch.remarks() : batch.entries();
  const headers = minimal ? { "preference-applied": "return=minimal" } : {};
  return ok("application/x-ndjson", entries.map((entry) => `${toJson(entry)}\n`).join(""), headers);
}

/** Whether the caller wants only the entries of failed and skipped items (RFC 7240). */
function prefersMinimal(request: FunctionRequest): boolean {
  return /(^|[,;\s])return\s*=\s*"?minimal\b/i.test(request.header("prefer") ?? "");
}

/** Converts an error to a response in problem+json (RFC 9457), with its message for the caller. */
export function toErrorAnswer(error: PlatformError, detail = publicDetail(error)): Answer {
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
  const text = stringify(value);
  if (text === undefined) throw new TypeError("the result has no JSON form");
  return text;
}

/** Most values have no BigInt, which JSON.stringify refuses, and JSON.stringify is much faster without a replacer. */
function stringify(value: unknown): string | undefined {
  try {
    return JSON.stringify(value);
  } catch (error) {
    if (!hasBigInt(value)) throw error;
    return JSON.stringify(value, markBigInt).replaceAll(markedBigInt, "$1");
  }
}

/** Marks the digits of a BigInt in a string. It is random, so no other string begins with it. */
const bigIntMark = randomUUID();
const markedBigInt = new RegExp(`"${bigIntMark}(-?\\d+)"`, "g");

function markBigInt(_key: string, value: unknown): unknown {
  return typeof value === "bigint" ? `${bigIntMark}${value}` : value;
}

function hasBigInt(value: unknown): boolean {
  if (typeof value === "bigint") return true;
  return typeof value === "object" && value !== null && Object.values(value).some(hasBigInt);
}

function ok(contentType: string, body: string, headers?: Answer["headers"]): Answer {
  return { status: 200, headers: { "content-type": contentType, ...headers }, body };
}
