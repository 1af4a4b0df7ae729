import type { IncomingHttpHeaders } from "node:http";

/** The event that OpenFaaS's node18 template passes to a handler. Only this folder depends on it. */
export interface TemplateEvent {
  /** A Buffer with RAW_BODY=true; `{}` without a body, or for one that the template does not accept. */
  body: unknown;
  headers: IncomingHttpHeaders;
  method: string;
  /** As the qs library parses it: strings, arrays or objects. */
  query: Record<string, unknown>;
  path: string;
}

/** The template's response. It omits `fail()`, which drops the headers. */
export interface TemplateContext {
  status(code: number): this;
  headers(headers: Record<string, string>): this;
  succeed(body: string): void;
}

/** A node18 handler. */
export type Handler = (event: TemplateEvent, context: TemplateContext) => Promise<void>;
