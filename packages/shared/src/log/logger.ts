import { type Logger, pino } from "pino";
import { traceFields } from "../telemetry/tracing.ts";
import { prettyDestination } from "./pretty-destination.ts";

export type { Logger };

/**
 * JSON lines on standard error, written at once: nothing is lost when the process is killed. On a terminal the lines are
 * for people, where pino-pretty is installed; LOG_FORMAT=json and LOG_FORMAT=pretty choose regardless of the terminal. With
 * tracing on, a line within a span has the span's ids.
 */
export function createLogger(name: string, level: string): Logger {
  const output = pino.destination({ dest: 2, sync: true });
  return pino(
    {
      level,
      base: { name },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      ...(process.env.OTEL_EXPORTER_OTLP_ENDPOINT ? { mixin: traceFields } : {}),
    },
    prettyDestination(output, process.env) ?? output,
  );
}
