import { type Logger, pino } from "pino";

export type { Logger };

/** JSON lines on standard error, written at once: nothing is lost when the process is killed. */
export function createLogger(name: string, level: string): Logger {
  return pino(
    {
      level,
      base: { name },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    pino.destination({ dest: 2, sync: true }),
  );
}
