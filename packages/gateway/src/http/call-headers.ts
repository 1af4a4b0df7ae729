import { readCallId } from "@platform/shared/function/call-id";

/** What the gateway adds to a call and to its answer. */
export interface CallHeaders {
  "x-call-id": string;
  /** When the call came, in nanoseconds since 1970. */
  "x-start-time": string;
}

/** Names and times a call; an X-Call-Id of the caller's is kept when it is a plain one. */
export function callHeaders(callId?: string | string[]): CallHeaders {
  return {
    "x-call-id": readCallId(callId),
    "x-start-time": String(BigInt(Date.now()) * 1_000_000n),
  };
}

/** The seconds since the call came, for X-Duration-Seconds. */
export function secondsSince(start: number): string {
  return ((performance.now() - start) / 1000).toFixed(6);
}
