import { type Logger, pino } from "pino";

/** A log that keeps its lines. */
export interface RecordedLog {
  log: Logger;
  /** The lines since the last call, as JSON. */
  take(): string[];
}

/** A log for tests of what is logged. */
export function recordedLog(): RecordedLog {
  const lines: string[] = [];
  return {
    log: pino({ base: null }, { write: (line) => void lines.push(line) }),
    take: () => lines.splice(0),
  };
}
