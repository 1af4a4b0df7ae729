/** The attributes of a span, by OpenTelemetry's semantic conventions. They contain no body, key, path or query. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** The headers of a trace: https://www.w3.org/TR/trace-context/ */
export interface TraceContext {
  traceparent: string;
  tracestate?: string;
}

/** The description of a span at its start. */
export interface SpanDescription {
  name: string;
  kind: "internal" | "server" | "client" | "producer" | "consumer";
  attributes?: SpanAttributes;
  /** Unset: the active span, or a new trace without one. `none`: always a new trace. */
  parent?: TraceContext | "none" | undefined;
  /** Linked traces. */
  links?: readonly TraceContext[];
}

/** A running span. */
export interface Span {
  set(attributes: SpanAttributes): void;
  /** Marks the span as failed, once, with an error code or the code or name of an error. */
  fail(error: unknown): void;
}

/** Ids of the active span, as fields of a log line. */
interface TraceFields {
  trace_id?: string;
  span_id?: string;
}

/** The port of tracing; sdk.ts implements it with OpenTelemetry's SDK. */
export interface Tracing {
  inSpan<T>(description: SpanDescription, run: (span: Span) => T): T;
  /** Sets the headers of the active span. */
  inject(headers: object): void;
  fields(): TraceFields;
  /** Exports the ended spans, and stops. */
  shutdown(): Promise<void>;
}

const noSpan: Span = { set: () => undefined, fail: () => undefined };
let tracing: Tracing | undefined;

/** Turns tracing on for this process, or off again. */
export function useTracing(next: Tracing | undefined): void {
  tracing = next;
}

/** The tracing of this process; undefined while it is off. */
export function currentTracing(): Tracing | undefined {
  return tracing;
}

/**
 * Runs work in a span, which ends when the work returns or its promise settles. Spans within the work are its children. If the
 * work fails, the span fails too. While tracing is off, it only runs the work.
 *
 * @param describe is called while tracing is on
 * @example
 * ```ts
 * await inSpan(() => ({ name: "bulk", kind: "client" }), () => client.bulk(request));
 * ```
 */
export function inSpan<T>(describe: () => SpanDescription, run: (span: Span) => T): T {
  return tracing === undefined ? run(noSpan) : tracing.inSpan(describe(), run);
}

/** The headers with the trace headers of the active span; the same object without a span. */
export function injectTraceContext<Headers extends object>(headers: Headers): Headers {
  if (tracing?.fields().trace_id === undefined) return headers;
  const injected: Headers & { tracestate?: unknown } = { ...headers };
  delete injected.tracestate;
  tracing.inject(injected);
  return injected;
}

/** The trace in headers with lower-case names; undefined without one. */
export function readTraceContext(headers: Readonly<Record<string, unknown>>): TraceContext | undefined {
  const { traceparent, tracestate } = headers;
  if (typeof traceparent !== "string") return undefined;
  return { traceparent, ...(typeof tracestate === "string" ? { tracestate } : {}) };
}

/** Ids of the active span for a log line; empty without one. */
export function traceFields(): TraceFields {
  return tracing?.fields() ?? {};
}
