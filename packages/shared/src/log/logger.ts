import { type Logger, pino } from "pino";
import { traceFields } from "../telemetry/tracing.ts";
import { prettyDestination } from "./pretty-destination.ts";

export type { Logger };

/**
 * Creates a logger that writes JSON lines to standard error. It writes synchronously, so a killed process loses none. On a
 * terminal, the lines are human-readable if pino-pretty is installed; LOG_FORMAT=json and LOG_FORMAT=pretty override that. With
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
