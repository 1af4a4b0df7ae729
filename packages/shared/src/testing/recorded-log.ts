import { type Logger, pino } from "pino";

/** A log that records its lines. */
export interface RecordedLog {
  log: Logger;
  /** The lines since the last call, as JSON. */
  take(): string[];
}

/** Creates a log for tests. */
export function recordedLog(): RecordedLog {
  const lines: string[] = [];
  return {
    log: pino({ base: null }, { write: (line) => void lines.push(line) }),
    take: () => lines.splice(0),
  };
}
