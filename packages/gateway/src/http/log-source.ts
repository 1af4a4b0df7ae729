import type { LogQuery } from "./log-query.ts";

/** A line that a function has written. */
export interface LogLine {
  /** When it was written, in milliseconds since 1970. */
  time: number;
  /** The process or pod that wrote it. */
  instance: string;
  text: string;
}

/** What a function has written. */
export interface LogSource {
  /**
   * The lines that a query selects, the oldest first. With `follow`, new lines come until the signal fires. A source holds
   * few lines for a slow reader: it waits, or gives up with a SlowReaderError.
   */
  read(query: LogQuery, signal: AbortSignal): Promise<AsyncIterable<LogLine>>;
}

/** The reader takes lines more slowly than the function writes them. */
export class SlowReaderError extends Error {
  override readonly name = "SlowReaderError";
}
