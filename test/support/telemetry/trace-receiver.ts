import { text } from "node:stream/consumers";
import { type StartedListener, startListener } from "../http/listener.ts";
import { type CollectedSpan, parseSpans } from "./collected-spans.ts";

/** A minimal server that receives spans, for tests that do not need a collector. */
export interface StartedTraceReceiver extends StartedListener {
  /** The received spans of a trace. */
  trace(traceId: string): CollectedSpan[];
}

/** Starts a server for OTLP over HTTP in JSON. */
export async function startTraceReceiver(): Promise<StartedTraceReceiver> {
  const spans: CollectedSpan[] = [];
  const listener = await startListener(async (request, response) => {
    spans.push(...parseSpans(await text(request)));
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  });
  return { ...listener, trace: (id) => spans.filter(({ traceId }) => traceId === id) };
}
