/** An asynchronous call that the gateway has accepted, as it waits for its function. */
export interface AcceptedCall {
  /** The function's name, with its namespace (NAME.NAMESPACE) where that is not the gateway's default. */
  name: string;
  method: string;
  /** Path and query below the function's URL, as they came. */
  url: string;
  headers: Readonly<Record<string, string | string[]>>;
  /** The body as it came, in the encoding of its Content-Encoding. */
  body: Buffer | undefined;
  /** Where the result goes; undefined: nowhere. */
  callbackUrl: string | undefined;
  /** X-Call-Id. */
  callId: string;
  /** When it came, in nanoseconds since 1970. */
  startTime: string;
}
