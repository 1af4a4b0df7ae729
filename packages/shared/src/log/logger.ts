import { type Logger, pino } from "pino";
import { once } from "../function/once.ts";
import { traceFields } from "../telemetry/tracing.ts";
import { bufferedDestination } from "./buffered-destination.ts";
import { isoTime } from "./iso-time.ts";
import { prettyDestination } from "./pretty-destination.ts";

export type { Logger };

/** The output of all loggers of a process. */
const standardError = once(() => bufferedDestination(pino.destination({ dest: 2, sync: true })));

/**
 * Creates a logger that writes JSON lines to standard error: warnings and errors at once, other lines within 10 ms. On a
 * terminal, the lines are written at once and are human-readable if pino-pretty is installed; LOG_FORMAT=json and
 * LOG_FORMAT=pretty override that. With tracing on, a line within a span has the span's ids.
 */
export function createLogger(name: string, level: string): Logger {
  const output = standardError();
  return pino(
    {
      level,
      base: { name },
      timestamp: isoTime,
      formatters: { level: (label) => ({ level: label }) },
      ...(process.env.OTEL_EXPORTER_OTLP_ENDPOINT ? { mixin: traceFields } : {}),
    },
    prettyDestination(output, process.env) ?? output,
  );
}
