/** What a span is about: names of OpenTelemetry's semantic conventions. Never a body, a key, or a URL's path or query. */
export type SpanAttributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** The headers of a trace: https://www.w3.org/TR/trace-context/ */
export interface TraceContext {
  traceparent: string;
  tracestate?: string;
}

/** A span, when it begins. */
export interface SpanDescription {
  name: string;
  kind: "internal" | "server" | "client" | "producer" | "consumer";
  attributes?: SpanAttributes;
  /** Unset: the active span, or a new trace where there is none. `none`: always a new trace. */
  parent?: TraceContext | "none" | undefined;
  /** Other traces that it belongs to. */
  links?: readonly TraceContext[];
}

/** A span while its work runs. */
export interface Span {
  set(attributes: SpanAttributes): void;
  /** Marks it as failed, once. The text is an error's code; of an error, its code or its name is used. */
  fail(error: unknown): void;
}

/** Ids of the active span, as fields of a log line. */
interface TraceFields {
  trace_id?: string;
  span_id?: string;
}

/** What makes spans; sdk.ts is one, by OpenTelemetry's SDK. */
export interface Tracing {
  inSpan<T>(description: SpanDescription, run: (span: Span) => T): T;
  /** Sets the headers of the active span. */
  inject(headers: object): void;
  fields(): TraceFields;
  /** Exports the spans that have ended, and ends. */
  shutdown(): Promise<void>;
}

const noSpan: Span = { set: () => undefined, fail: () => undefined };
let tracing: Tracing | undefined;

/** Turns tracing on for this process, or off again. */
export function useTracing(next: Tracing | undefined): void {
  tracing = next;
}

/** What makes the spans of this process; undefined while tracing is off. */
export function currentTracing(): Tracing | undefined {
  return tracing;
}

/**
 * Runs work in a span, which ends with it: at once, or when its promise settles. Spans that begin in the work are its
 * children. A failure of the work is one of the span, too. While tracing is off, it only runs the work.
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

/** The headers with those of the active span in place of theirs; the same object where there is none. */
export function injectTraceContext<Headers extends object>(headers: Headers): Headers {
  if (tracing?.fields().trace_id === undefined) return headers;
  const injected: Headers & { tracestate?: unknown } = { ...headers };
  delete injected.tracestate;
  tracing.inject(injected);
  return injected;
}

/** The trace that headers with names in lower case belong to; undefined without one. */
export function traceContextFrom(headers: Readonly<Record<string, unknown>>): TraceContext | undefined {
  const { traceparent, tracestate } = headers;
  if (typeof traceparent !== "string") return undefined;
  return { traceparent, ...(typeof tracestate === "string" ? { tracestate } : {}) };
}

/** Ids of the active span for a log line; empty without one. */
export function traceFields(): TraceFields {
  return tracing?.fields() ?? {};
}
