import { configReader } from "../config/config-reader.ts";
import { ConfigError } from "../errors/server-errors.ts";
import type { Logger } from "../log/logger.ts";
import { startTracing } from "../telemetry/start-tracing.ts";
import { inSpan, readTraceContext, type Span } from "../telemetry/tracing.ts";
import { tracingSettings } from "../telemetry/tracing-settings.ts";
import type { FunctionRequest } from "./request.ts";

const readConfig = configReader(tracingSettings);

/** Turns tracing on if the function's environment has a collector. Invalid settings are reported at the first call. */
export function startFunctionTracing(name: string, log: () => Logger): void {
  try {
    startTracing({ name, config: readConfig(process.env), log });
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
  }
}

/** Runs a call of a function in a span, a child of the caller's. */
export function inCallSpan<T>(name: string, request: FunctionRequest, run: (span: Span) => T): T {
  return inSpan(() => {
    const traceparent = request.header("traceparent");
    const tracestate = request.header("tracestate");
    return {
      name: process.env.OPENFAAS_NAME || name,
      kind: "server",
      parent: readTraceContext({ traceparent, tracestate }),
      attributes: {
        "faas.name": process.env.OPENFAAS_NAME || name,
        "faas.trigger": toTrigger(request.header("x-topic")),
        "faas.invocation_id": request.callId,
        "http.request.method": request.method,
      },
    };
  }, run);
}

/** The gateway's scheduler and the connector set X-Topic. */
function toTrigger(topic: string | undefined): string {
  if (topic === undefined) return "http";
  return topic === "cron-function" ? "timer" : "pubsub";
}
