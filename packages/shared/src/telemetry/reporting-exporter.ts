import { type ExportResult, ExportResultCode } from "@opentelemetry/core";
import type { SpanExporter } from "@opentelemetry/sdk-trace-base";

/**
 * Wraps an exporter, and reports the first failed export and the first successful one after it. An unreachable collector then causes
 * one line in the log, not one for each batch of spans.
 */
export function reportingExporter(
  exporter: SpanExporter,
  onExport: (problem: unknown) => void,
): SpanExporter {
  let hasFailed = false;
  function report({ code, error }: ExportResult): void {
    const fails = code !== ExportResultCode.SUCCESS;
    if (fails !== hasFailed) onExport(fails ? (error ?? new Error("the export failed")) : undefined);
    hasFailed = fails;
  }
  return {
    export(spans, done) {
      exporter.export(spans, (result) => {
        report(result);
        done({ code: ExportResultCode.SUCCESS }); // the SDK would log each failure
      });
    },
    shutdown: () => exporter.shutdown(),
    forceFlush: async () => exporter.forceFlush?.(),
  };
}
