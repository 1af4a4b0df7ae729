import { existsSync, readFileSync } from "node:fs";

type Value = string | number | boolean | undefined;

/** A span as the collector has it. */
export interface CollectedSpan {
  name: string;
  kind: "internal" | "server" | "client" | "producer" | "consumer";
  /** `service.name`. */
  service: string;
  traceId: string;
  spanId: string;
  /** Undefined for the root span of a trace. */
  parentId: string | undefined;
  hasFailed: boolean;
  attributes: Record<string, Value>;
  /** The ids of the linked traces. */
  links: string[];
}

interface JsonAttribute {
  key: string;
  value: { stringValue?: string; intValue?: string; boolValue?: boolean };
}

interface JsonSpan {
  name: string;
  kind: number;
  traceId: string;
  spanId: string;
  parentSpanId?: string;
  status?: { code?: number };
  attributes?: JsonAttribute[];
  links?: { traceId: string }[];
}

interface JsonTraces {
  resourceSpans: { resource: { attributes: JsonAttribute[] }; scopeSpans: { spans: JsonSpan[] }[] }[];
}

const kinds = ["internal", "internal", "server", "client", "producer", "consumer"] as const;
const failed = 2;

/** Reads the spans in a file of the collector: a line of OTLP/JSON for each request. The last line may be incomplete. */
export function readSpans(file: string): CollectedSpan[] {
  if (!existsSync(file)) return [];
  const lines = readFileSync(file, "utf8").split("\n").slice(0, -1);
  return lines.flatMap(parseSpans);
}

/** The spans in a request in OTLP/JSON. */
export function parseSpans(json: string): CollectedSpan[] {
  const { resourceSpans } = JSON.parse(json) as JsonTraces;
  return resourceSpans.flatMap(({ resource, scopeSpans }) => {
    const service = String(toObject(resource.attributes)["service.name"]);
    return scopeSpans.flatMap(({ spans }) => spans.map((span) => toSpan(service, span)));
  });
}

function toSpan(service: string, span: JsonSpan): CollectedSpan {
  const { name, kind, traceId, spanId, parentSpanId, status, attributes = [], links = [] } = span;
  return {
    name,
    kind: kinds[kind]!,
    service,
    traceId,
    spanId,
    parentId: parentSpanId || undefined,
    hasFailed: status?.code === failed,
    attributes: toObject(attributes),
    links: links.map((link) => link.traceId),
  };
}

function toObject(attributes: readonly JsonAttribute[]): Record<string, Value> {
  return Object.fromEntries(
    attributes.map(({ key, value: { stringValue, intValue, boolValue } }) => [
      key,
      stringValue ?? (intValue === undefined ? boolValue : Number(intValue)),
    ]),
  );
}
