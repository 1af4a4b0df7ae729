import type { AcceptedCall } from "./accepted-call.ts";

/** A queue of accepted calls. Disposal waits for calls in flight, and starts no further stored calls. */
export interface CallQueue extends AsyncDisposable {
  /**
   * Stores a call.
   * @throws PlatformError 413 when it is too large, 503 when it cannot be stored
   */
  accept(call: AcceptedCall): Promise<void>;
  /** Starts to process the calls of earlier runs. Call it once, after the functions are known. */
  begin(): void;
  /** The number of accepted calls that have not ended; undefined while unknown. */
  length(): number | undefined;
}

/** Calls the function and reports the result. Rejects only when a shutdown abandons the call. */
export type RunCall = (call: AcceptedCall) => Promise<void>;

/** Creates the queue of a gateway. */
export type OpenQueue = (run: RunCall) => CallQueue;
