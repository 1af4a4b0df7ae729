import {
  readTraceContext,
  type Span,
  type SpanDescription,
  type TraceContext,
} from "@platform/shared/telemetry/tracing";
import type { Message } from "../message.ts";
import { traceHeaders } from "./message-headers.ts";
import type { Verdict } from "./verdict.ts";

/**
 * Describes the span of a call with messages of a partition. A single message continues its trace. Several messages start a new
 * trace with links to their traces.
 */
export function deliverySpan(functionName: string, messages: readonly Message[]): SpanDescription {
  const { topic, partition, offset } = messages[0]!;
  const traces = readTraces(messages);
  return {
    name: `process ${topic}`,
    kind: "consumer",
    ...(messages.length === 1 ? { parent: traces[0] } : { links: traces }),
    attributes: {
      "messaging.system": "kafka",
      "messaging.operation.name": "process",
      "messaging.operation.type": "process",
      "messaging.destination.name": topic,
      "messaging.destination.partition.id": String(partition),
      "messaging.kafka.offset": offset,
      "messaging.batch.message_count": messages.length === 1 ? undefined : messages.length,
      "faas.invoked_name": functionName,
    },
  };
}

/** Records the outcome of the messages on a span. */
export function setVerdict(span: Span, verdict: Verdict, status: number): void {
  if (verdict.kind === "retry") {
    span.fail(String(status));
    return;
  }
  const refused = verdict.kind === "refused" ? [verdict] : verdict.refused;
  if (refused[0] === undefined) return;
  span.set({ "platform.refused_count": refused.length });
  span.fail(refused[0].refusal.code);
}

function readTraces(messages: readonly Message[]): TraceContext[] {
  const byParent = new Map<string, TraceContext>();
  for (const message of messages) {
    const trace = readTraceContext(traceHeaders(message));
    if (trace !== undefined) byParent.set(trace.traceparent, trace);
  }
  return [...byParent.values()];
}
