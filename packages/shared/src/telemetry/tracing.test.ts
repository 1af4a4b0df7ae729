import { once } from "node:events";
import { SpanStatusCode } from "@opentelemetry/api";
import { ExportResultCode } from "@opentelemetry/core";
import type { ReadableSpan } from "@opentelemetry/sdk-trace-base";
import { reportingExporter } from "./reporting-exporter.ts";
import { createTracing, type SdkOptions } from "./sdk.ts";
import { injectTraceContext, inSpan, type SpanDescription, traceFields, useTracing } from "./tracing.ts";

const parent = { traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", tracestate: "a=1" };
const parentTrace = parent.traceparent.slice(3, 35);
const span = (name: string, more: Partial<SpanDescription> = {}) => {
  return (): SpanDescription => ({ name, kind: "internal", ...more });
};

/** The spans of work, in the order of their ends. */
async function recordSpans(work: () => unknown, options: Partial<SdkOptions> = {}) {
  const exported: ReadableSpan[] = [];
  const tracing = createTracing({
    endpoint: "http://127.0.0.1:1",
    headers: {},
    sampler: "parentbased_always_on",
    ratio: 1,
    serviceName: "test",
    serviceVersion: "1.2.3",
    onExport: () => undefined,
    exporter: {
      export(spans, done) {
        exported.push(...spans);
        done({ code: ExportResultCode.SUCCESS });
      },
      shutdown: async () => undefined,
    },
    ...options,
  });
  useTracing(tracing);
  try {
    await work();
  } finally {
    useTracing(undefined);
    await tracing.shutdown();
  }
  return exported.map((item) => ({
    ...item.spanContext(),
    name: item.name,
    parentId: item.parentSpanContext?.spanId,
    hasFailed: item.status.code === SpanStatusCode.ERROR,
    attributes: item.attributes,
    links: item.links.map(({ context }) => context.traceId),
  }));
}

describe("off", () => {
  it("only runs the work, and describes no span", async () => {
    const describeSpan = jest.fn();
    expect(inSpan(describeSpan, () => 1)).toBe(1);
    await expect(inSpan(describeSpan, () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    expect(describeSpan).not.toHaveBeenCalled();
  });

  it("leaves headers unchanged", () => {
    const same = { ...parent };
    expect(injectTraceContext(same)).toBe(same);
    expect(traceFields()).toEqual({});
  });
});

describe("on", () => {
  it("exports a span when its work has ended, a child of the span or of the headers in which it began", async () => {
    const [child, root] = await recordSpans(() =>
      inSpan(span("root", { parent }), async () => {
        await Promise.resolve();
        return inSpan(span("child", { attributes: { given: "x", missing: undefined } }), () => 1);
      }),
    );
    expect(root).toMatchObject({
      name: "root",
      traceId: parentTrace,
      parentId: "b7ad6b7169203331",
    });
    expect(child).toMatchObject({
      name: "child",
      parentId: root!.spanId,
      attributes: { given: "x" },
    });
  });

  it("starts a new trace for `none` and for malformed headers", async () => {
    const spans = await recordSpans(() => {
      inSpan(span("outer"), () => inSpan(span("inner", { parent: "none" }), () => 1));
      inSpan(span("malformed", { parent: { traceparent: "00-zz" } }), () => 1);
    });
    expect(spans.map(({ parentId }) => parentId)).toEqual([undefined, undefined, undefined]);
    expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(3);
  });

  it("replaces trace headers with those of the active span", async () => {
    const contexts: unknown[] = [];
    const [only] = await recordSpans(() =>
      inSpan(span("only"), () => contexts.push(injectTraceContext({ ...parent, a: 1 }), traceFields())),
    );
    expect(contexts).toEqual([
      { a: 1, traceparent: `00-${only!.traceId}-${only!.spanId}-01` },
      { trace_id: only!.traceId, span_id: only!.spanId },
    ]);
  });

  it("returns no ids for work that outlives its span", async () => {
    const controller = new AbortController();
    let later: unknown;
    await recordSpans(async () => {
      let outliving: Promise<void> | undefined;
      inSpan(span("short"), () => {
        outliving = once(controller.signal, "abort").then(() => {
          later = traceFields();
        });
      });
      controller.abort();
      await outliving;
    });
    expect(later).toEqual({});
  });

  it("marks a span as failed by the code or the name of its error, without the message", async () => {
    const fail = (error: Error) => inSpan(span("fails"), () => Promise.reject(error)).catch(() => undefined);
    const spans = await recordSpans(async () => {
      await fail(Object.assign(new Error("http://user:password@host"), { code: "ECONNREFUSED" }));
      await fail(new TypeError("secret"));
      expect(() =>
        inSpan(span("throws"), () => {
          throw new RangeError("secret");
        }),
      ).toThrow(RangeError);
    });
    expect(spans.map(({ hasFailed, attributes }) => [hasFailed, attributes["error.type"]])).toEqual([
      [true, "ECONNREFUSED"],
      [true, "TypeError"],
      [true, "RangeError"],
    ]);
    expect(JSON.stringify(spans)).not.toMatch(/secret|password/);
  });

  it("keeps the first failure of a span", async () => {
    const [only] = await recordSpans(() =>
      inSpan(span("fails"), async ({ fail }) => {
        fail("503");
        throw new Error("late");
      }).catch(() => undefined),
    );
    expect(only).toMatchObject({ hasFailed: true, attributes: { "error.type": "503" } });
  });

  it("links to the traces of headers, and ignores malformed ones", async () => {
    const [linked] = await recordSpans(() =>
      inSpan(span("linked", { links: [parent, { traceparent: "no" }] }), () => 1),
    );
    expect(linked!.links).toEqual([parentTrace]);
  });
});

describe("sampling", () => {
  const dropped = { traceparent: parent.traceparent.replace(/01$/, "00") };
  const count = async (sampler: SdkOptions["sampler"], ratio: number, given?: typeof dropped) =>
    (await recordSpans(() => inSpan(span("one", { parent: given }), () => 1), { sampler, ratio })).length;

  it("follows the caller only with a parentbased sampler", async () => {
    expect(await count("parentbased_always_on", 1, dropped)).toBe(0);
    expect(await count("parentbased_always_off", 1, parent)).toBe(1);
    expect(await count("always_on", 1, dropped)).toBe(1);
    expect(await count("traceidratio", 0, parent)).toBe(0);
  });

  it("keeps a share of the traces that it starts", async () => {
    expect(await count("parentbased_traceidratio", 0)).toBe(0);
    expect(await count("parentbased_traceidratio", 1)).toBe(1);
    expect(await count("always_off", 1)).toBe(0);
  });
});

it("reports the first of several failed exports, and the first that succeeds again", async () => {
  const reports: unknown[] = [];
  const code = { ok: ExportResultCode.SUCCESS, no: ExportResultCode.FAILED };
  const results = ["ok", "no", "no", "ok", "ok", "no"] as const;
  const remaining = [...results];
  const exporter = reportingExporter(
    {
      export: (_, done) => done({ code: code[remaining.shift()!], error: new Error("out of reach") }),
      shutdown: async () => undefined,
    },
    (problem) => reports.push(problem),
  );
  for (const _ of results) await new Promise((resolve) => exporter.export([], resolve));
  expect(reports).toEqual([new Error("out of reach"), undefined, new Error("out of reach")]);
});
