import { readCallId } from "@platform/shared/function/call-id";

/** The headers that the gateway adds to a call and to its answer. */
export interface CallHeaders {
  "x-call-id": string;
  /** The arrival time, in nanoseconds since 1970. */
  "x-start-time": string;
}

/** Creates call id and start time. A valid X-Call-Id of the caller is kept. */
export function callHeaders(callId?: string | string[]): CallHeaders {
  return {
    "x-call-id": readCallId(callId),
    "x-start-time": String(BigInt(Date.now()) * 1_000_000n),
  };
}

/** Returns the seconds since a start, for X-Duration-Seconds. */
export function secondsSince(start: number): string {
  return ((performance.now() - start) / 1000).toFixed(6);
}
