import { createRequire } from "node:module";
import { extname } from "node:path";
import { buildInfo } from "../build-info.ts";
import { settlesWithin } from "../clients/settles-within.ts";
import { describeError } from "../errors/describe-error.ts";
import type { Logger } from "../log/logger.ts";
import type { createTracing } from "./sdk.ts";
import { currentTracing, useTracing } from "./tracing.ts";
import type { TracingConfig } from "./tracing-settings.ts";

/** The options of tracing. */
export interface StartTracingOptions {
  /** `service.name`, unless OTEL_SERVICE_NAME is set. */
  name: string;
  /** Without an endpoint, tracing stays off. */
  config: Partial<TracingConfig>;
  /** Gets one line when exports begin to fail, and one when they succeed again. */
  log(): Logger;
}

const shutdownMs = 2_000;

/**
 * Turns tracing on if OTEL_EXPORTER_OTLP_ENDPOINT is set. It then loads the SDK from a separate bundle beside the program's
 * (scripts/bundle.mjs). An unreachable collector neither fails nor delays a call.
 */
export function startTracing({ name, config, log }: StartTracingOptions): void {
  const onExport = (problem: unknown) => {
    if (problem === undefined) log().info("traces_exported");
    else log().warn({ error: describeError(problem) }, "traces_not_exported");
  };
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint } = config;
  if (endpoint === undefined || currentTracing() !== undefined) return;
  try {
    // Not import, because esbuild would add the SDK to every bundle.
    const sdk: { createTracing: typeof createTracing } = createRequire(__filename)(
      `./telemetry${extname(__filename)}`,
    );
    useTracing(
      sdk.createTracing({
        endpoint,
        headers: config.OTEL_EXPORTER_OTLP_HEADERS ?? {},
        sampler: config.OTEL_TRACES_SAMPLER ?? "parentbased_always_on",
        ratio: config.OTEL_TRACES_SAMPLER_ARG ?? 1,
        serviceName: config.OTEL_SERVICE_NAME ?? name,
        serviceVersion: buildInfo.version,
        onExport,
      }),
    );
  } catch (error) {
    onExport(error);
  }
}

/** Exports the waiting spans within two seconds, and turns tracing off. */
export async function stopTracing(): Promise<void> {
  const tracing = currentTracing();
  useTracing(undefined);
  if (tracing !== undefined)
    await settlesWithin(
      shutdownMs,
      tracing.shutdown().catch(() => undefined),
    );
}
