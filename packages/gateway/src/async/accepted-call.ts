/** An accepted asynchronous call that waits for its function. */
export interface AcceptedCall {
  /** The function's name, with its namespace (NAME.NAMESPACE) where that is not the gateway's default. */
  name: string;
  method: string;
  /** The unmodified path and query below the function's URL. */
  url: string;
  headers: Readonly<Record<string, string | string[]>>;
  /** The unmodified body, still in its Content-Encoding. */
  body: Buffer | undefined;
  /** Receives the result; undefined without a callback. */
  callbackUrl: string | undefined;
  /** The value of X-Call-Id. */
  callId: string;
  /** The arrival time, in nanoseconds since 1970. */
  startTime: string;
}
