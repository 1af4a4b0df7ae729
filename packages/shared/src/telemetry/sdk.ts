import {
  type Context,
  createContextKey,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BasicTracerProvider, BatchSpanProcessor, type SpanExporter } from "@opentelemetry/sdk-trace-base";
import { errorType } from "./error-type.ts";
import { reportingExporter } from "./reporting-exporter.ts";
import { createSampler } from "./sampler.ts";
import type { Span, SpanDescription, TraceContext, Tracing } from "./tracing.ts";
import type { TracingConfig } from "./tracing-settings.ts";

/** The options of the SDK. */
export interface SdkOptions {
  /** The base URL of the collector. */
  endpoint: string;
  /** Headers of requests to it. */
  headers: Readonly<Record<string, string>>;
  sampler: TracingConfig["OTEL_TRACES_SAMPLER"];
  /** The share of traces that a traceidratio sampler keeps. */
  ratio: number;
  serviceName: string;
  serviceVersion: string;
  onExport(problem: unknown): void;
  /** The exporter of spans; unset: OTLP/JSON to the endpoint. */
  exporter?: SpanExporter;
}

/** A batch of the connector may have thousands of messages, each with its own trace. */
const maxLinks = 1_000;
const kinds = {
  internal: SpanKind.INTERNAL,
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} as const;

/** Whether the active span has ended. A connection outlives a call, but keeps the context in which it was opened. */
const lifeKey = createContextKey("life of the span");

interface SpanState {
  hasEnded: boolean;
}

const propagator = new W3CTraceContextPropagator();
const getter = {
  keys: (carrier: TraceContext) => Object.keys(carrier),
  get: (carrier: TraceContext, name: string) => carrier[name as keyof TraceContext],
};
const setter = {
  set: (carrier: object, name: string, value: string) => void Object.assign(carrier, { [name]: value }),
};

/**
 * Tracing by OpenTelemetry's SDK. Nothing is registered globally, because clients with their own instrumentation,
 * such as Elasticsearch's, would add spans that contain statements.
 * @public scripts/bundle.mjs bundles this module
 */
export function createTracing(options: SdkOptions): Tracing {
  const { endpoint, headers, sampler, ratio, serviceName, serviceVersion, onExport } = options;
  const contexts = new AsyncLocalStorageContextManager().enable();
  const url = `${endpoint.replace(/\/+$/, "")}/v1/traces`;
  const { exporter = new OTLPTraceExporter({ url, headers: { ...headers } }) } = options;
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ "service.name": serviceName, "service.version": serviceVersion }),
    sampler: createSampler(sampler, ratio),
    spanLimits: { linkCountLimit: maxLinks },
    spanProcessors: [new BatchSpanProcessor(reportingExporter(exporter, onExport))],
  });
  const tracer = provider.getTracer("serverless-data-platform", serviceVersion);

  function inSpan<T>(description: SpanDescription, run: (span: Span) => T): T {
    const { name, kind, attributes, parent, links = [] } = description;
    const context = parentContext(parent, contexts.active());
    const started = tracer.startSpan(
      name,
      { kind: kinds[kind], attributes: { ...attributes }, links: links.flatMap(toLink) },
      context,
    );
    let hasFailed = false;
    const span: Span = {
      set: (more) => void started.setAttributes({ ...more }),
      fail(error) {
        if (hasFailed) return;
        hasFailed = true;
        started.setAttribute("error.type", errorType(error));
        started.setStatus({ code: SpanStatusCode.ERROR });
      },
    };
    const life: SpanState = { hasEnded: false };
    const end = () => {
      life.hasEnded = true;
      started.end();
    };
    const endFailed = (error: unknown): never => {
      span.fail(error);
      end();
      throw error;
    };
    const endSucceeded = <Result>(result: Result): Result => {
      end();
      return result;
    };
    return contexts.with(trace.setSpan(context, started).setValue(lifeKey, life), () => {
      try {
        const result = run(span);
        return result instanceof Promise ? (result.then(endSucceeded, endFailed) as T) : endSucceeded(result);
      } catch (error) {
        return endFailed(error);
      }
    });
  }

  return {
    inSpan,
    inject: (carrier) => propagator.inject(contexts.active(), carrier, setter),
    fields() {
      const active = contexts.active();
      const spanContext = trace.getSpanContext(active);
      if (spanContext === undefined || (active.getValue(lifeKey) as SpanState).hasEnded) return {};
      return { trace_id: spanContext.traceId, span_id: spanContext.spanId };
    },
    shutdown: () => provider.shutdown(),
  };
}

function parentContext(parent: SpanDescription["parent"], active: Context): Context {
  if (parent === undefined) return active;
  return parent === "none" ? ROOT_CONTEXT : propagator.extract(ROOT_CONTEXT, parent, getter);
}

function toLink(linked: TraceContext) {
  const context = trace.getSpanContext(propagator.extract(ROOT_CONTEXT, linked, getter));
  return context === undefined ? [] : [{ context }];
}
