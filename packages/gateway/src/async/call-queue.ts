import type { AcceptedCall } from "./accepted-call.ts";

/** Where accepted calls wait for their functions. Disposing of it waits for calls in flight, and begins no more of those that are stored. */
export interface CallQueue extends AsyncDisposable {
  /**
   * Resolves when the call is kept.
   * @throws PlatformError: 413 when it is too large, 503 when it cannot be kept.
   */
  accept(call: AcceptedCall): Promise<void>;
  /** Begins to work off what waits from before. Called once, when the functions are known. */
  begin(): void;
  /** How many accepted calls have not ended; undefined where that is not known. */
  length(): number | undefined;
}

/** Calls the function of a call and reports the result; rejects only when the gateway gives the call up at its end. */
export type RunCall = (call: AcceptedCall) => Promise<void>;

/** Makes the queue of a gateway. */
export type OpenQueue = (run: RunCall) => CallQueue;
