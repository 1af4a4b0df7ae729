import { PlatformError } from "@platform/shared/errors/platform-error";
import { readCallId } from "@platform/shared/function/call-id";
import * as v from "valibot";
import type { AcceptedCall } from "./accepted-call.ts";

/** Credentials are never stored. Functions that need them must be called synchronously. */
const credentials = new Set(["authorization", "cookie", "proxy-authorization"]);

/** The stored form of a call in the topic or file; packages/gateway/README.md documents it. */
const callRecord = v.object({
  version: v.literal(1),
  function: v.string(),
  method: v.pipe(v.string(), v.regex(/^[A-Z]{1,20}$/, "must be a method")),
  path: v.pipe(v.string(), v.startsWith("/")),
  headers: v.record(v.string(), v.union([v.string(), v.array(v.string())])),
  body: v.nullable(v.pipe(v.string(), v.base64())),
  callbackUrl: v.nullable(v.string()),
  callId: v.pipe(
    v.string(),
    v.check((id) => readCallId(id) === id, "must be a call id"),
  ),
  startTime: v.pipe(v.string(), v.digits()),
});

/** 422: the queue contains bytes that are not a record of a call. */
export class CallRecordError extends PlatformError {
  constructor(facts: { reason: string; cause?: unknown }) {
    super({
      status: 422,
      code: "not_a_call",
      detail: `The message is not a record of an asynchronous call: ${facts.reason}.`,
      cause: facts.cause,
    });
  }
}

/** Serializes a call as JSON, with its body in base64 and without credentials. */
export function encodeCall({ name, method, url, headers, body, ...call }: AcceptedCall): string {
  const record: v.InferOutput<typeof callRecord> = {
    version: 1,
    function: name,
    method,
    path: url,
    headers: Object.fromEntries(Object.entries(headers).filter(([header]) => !credentials.has(header))),
    body: body === undefined ? null : body.toString("base64"),
    callbackUrl: call.callbackUrl ?? null,
    callId: call.callId,
    startTime: call.startTime,
  };
  return JSON.stringify(record);
}

/**
 * Parses a record.
 * @throws CallRecordError when it is invalid
 */
export function decodeCall(text: string): AcceptedCall {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new CallRecordError({ reason: "it is not JSON", cause });
  }
  const parsed = v.safeParse(callRecord, json);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new CallRecordError({ reason: `${v.getDotPath(issue) ?? "it"} ${issue.message}` });
  }
  const { function: name, path: url, method, headers, body, callbackUrl, callId, startTime } = parsed.output;
  return {
    name,
    method,
    url,
    headers,
    body: body === null ? undefined : Buffer.from(body, "base64"),
    callbackUrl: callbackUrl ?? undefined,
    callId,
    startTime,
  };
}
