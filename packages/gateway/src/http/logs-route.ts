import { once } from "node:events";
import type { Request, RequestHandler, Response } from "express";
import type { FunctionCatalog } from "./function-catalog.ts";
import { readLogQuery } from "./log-query.ts";
import type { LogLine } from "./log-source.ts";

/** Options of logsRoute. */
export interface LogsRouteOptions {
  functions: FunctionCatalog;
  /** Aborts on shutdown, which ends all followers. */
  ending: AbortSignal;
}

/** A client that reads nothing for this time is disconnected. */
const drainTimeoutMs = 30_000;

/** `GET /system/logs`: the logs of a function, one JSON object per line, in the format of OpenFaaS's log providers. */
export function logsRoute(options: LogsRouteOptions): RequestHandler {
  return (request, response, next) => {
    sendLogs(options, request, response).catch((error) => {
      if (response.headersSent) response.destroy();
      else next(error);
    });
  };
}

async function sendLogs(options: LogsRouteOptions, request: Request, response: Response): Promise<void> {
  const { functions, ending } = options;
  const query = readLogQuery(request.originalUrl);
  const target = functions.find(calledName(query));
  const namespace = functions.readNamespace(target);
  const hungUp = new AbortController();
  response.once("close", () => hungUp.abort());
  const signal = AbortSignal.any([hungUp.signal, ending]);
  const lines = await target.logs?.read(query, signal);
  response.status(200).type("application/x-ndjson");
  if (lines === undefined || request.method === "HEAD") {
    response.end();
    return;
  }
  response.flushHeaders();
  for await (const line of lines) {
    const isTaken = response.write(`${JSON.stringify(toMessage(line, query.name, namespace))}\n`);
    if (!isTaken) await drained(response, signal);
  }
  response.end();
}

function calledName({ name, namespace }: { name: string; namespace: string | undefined }): string {
  return namespace === undefined ? name : `${name}.${namespace}`;
}

/** Formats a line like OpenFaaS's log providers. */
function toMessage({ instance, time, text }: LogLine, name: string, namespace: string) {
  return { name, namespace, instance, timestamp: new Date(time).toISOString(), text };
}

/** Waits until the response is writable. Rejects when the caller does not read, hangs up, or the gateway shuts down. */
async function drained(response: Response, signal: AbortSignal): Promise<void> {
  if (response.writableNeedDrain) {
    await once(response, "drain", { signal: AbortSignal.any([signal, AbortSignal.timeout(drainTimeoutMs)]) });
  }
}
