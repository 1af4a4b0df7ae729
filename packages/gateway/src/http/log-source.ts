import type { LogQuery } from "./log-query.ts";

/** A line of a function's log. */
export interface LogLine {
  /** When it was written, in milliseconds since 1970. */
  time: number;
  /** The process or pod that wrote it. */
  instance: string;
  text: string;
}

/** The logs of a function. */
export interface LogSource {
  /**
   * The lines that a query selects, the oldest first. With `follow`, new lines come until the signal fires. A source holds
   * few lines for a slow reader: it waits, or gives up with a SlowReaderError.
   */
  read(query: LogQuery, signal: AbortSignal): Promise<AsyncIterable<LogLine>>;
}

/** The reader is slower than the function writes. */
export class SlowReaderError extends Error {
  override readonly name = "SlowReaderError";
}
