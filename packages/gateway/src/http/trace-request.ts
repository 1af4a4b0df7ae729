import { currentTracing, inSpan, readTraceContext } from "@platform/shared/telemetry/tracing";
import type { RequestHandler } from "express";

/** Middleware that records a request and its answer as a span, a child of the caller's span. */
export function traceRequest(route: string): RequestHandler {
  return (request, response, next) => {
    if (currentTracing() === undefined) return next();
    const { headers, method } = request;
    const describe = () => ({
      name: `${method} ${route}`,
      kind: "server" as const,
      parent: readTraceContext(headers),
      attributes: { "http.request.method": method, "http.route": route },
    });
    void inSpan(describe, (span) => {
      const ended = new Promise<void>((resolve) => response.once("close", resolve));
      next();
      return ended.then(() => {
        const { statusCode } = response;
        span.set({ "http.response.status_code": statusCode });
        if (statusCode >= 500) span.fail(String(statusCode));
      });
    });
  };
}
