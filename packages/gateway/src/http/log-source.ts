import type { LogQuery } from "./log-query.ts";

/** A line of a function's log. */
export interface LogLine {
  /** The time of the line, in milliseconds since 1970. */
  time: number;
  /** The process or pod that wrote it. */
  instance: string;
  text: string;
}

/** The logs of a function. */
export interface LogSource {
  /**
   * Yields the selected lines, oldest first; with `follow`, then new lines until the signal aborts. A source buffers few lines
   * for a slow reader: it waits (back-pressure), or throws a SlowReaderError.
   */
  read(query: LogQuery, signal: AbortSignal): Promise<AsyncIterable<LogLine>>;
}

/** The reader is slower than the function writes. */
export class SlowReaderError extends Error {
  override readonly name = "SlowReaderError";
}
