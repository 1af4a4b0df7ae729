import { sendProblem } from "@platform/shared/service/problem-response";
import type { RequestHandler, Response } from "express";
import type { FunctionCatalog } from "./function-catalog.ts";
import type { LogLine } from "./function-logs.ts";
import { matches, readLogQuery } from "./log-query.ts";

/** What the logs of functions are read from. */
export interface LogsRouteOptions {
  functions: FunctionCatalog;
  /** Where the gateway keeps no logs: the sentence that says where they are. */
  logsElsewhere?: string | undefined;
  /** Fires when the gateway ends: nobody follows logs any longer. */
  ending: AbortSignal;
}

/** Who reads no faster than a function writes is hung up on, in bytes. */
const mostUnread = 4_000_000;

/** `GET /system/logs`: what a function has written, one JSON object a line, as OpenFaaS's log providers answer. */
export function logsRoute(options: LogsRouteOptions): RequestHandler {
  const { functions, logsElsewhere, ending } = options;
  return (request, response) => {
    if (logsElsewhere !== undefined) return sendProblem(response, 501, "no_logs", logsElsewhere);
    const query = readLogQuery(request.originalUrl);
    const { name, follow, tail } = query;
    const target = functions.find(calledName(query));
    const namespace = functions.namespaceOf(target);
    const logs = target.logs;
    const kept = (logs?.lines() ?? []).filter((line) => matches(query, line)).slice(-(tail ?? 0));
    const toJson = (line: LogLine) => `${JSON.stringify(messageOf(line, name, namespace))}\n`;
    response.status(200).type("application/x-ndjson");
    response.write(kept.map(toJson).join(""));
    if (!follow || logs === undefined || request.method === "HEAD") return response.end();
    response.flushHeaders();
    const stop = logs.follow((line) => {
      if (!matches(query, line)) return;
      response.write(toJson(line));
      if (response.writableLength > mostUnread) response.destroy();
    });
    endWith(response, ending);
    response.once("close", stop);
  };
}

function calledName({ name, namespace }: { name: string; namespace: string | undefined }): string {
  return namespace === undefined ? name : `${name}.${namespace}`;
}

/** A line as OpenFaaS's log providers describe it. */
function messageOf({ instance, time, text }: LogLine, name: string, namespace: string) {
  return { name, namespace, instance, timestamp: new Date(time).toISOString(), text };
}

function endWith(response: Response, signal: AbortSignal): void {
  const end = () => response.end();
  signal.addEventListener("abort", end, { once: true });
  response.once("close", () => signal.removeEventListener("abort", end));
  if (signal.aborted) end();
}
