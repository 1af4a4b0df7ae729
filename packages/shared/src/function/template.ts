import type { IncomingHttpHeaders } from "node:http";

/** What OpenFaaS's node18 template hands to a handler. Only this folder knows it. */
export interface TemplateEvent {
  /** A Buffer under RAW_BODY=true; `{}` where there is no body, or one that the template would not take. */
  body: unknown;
  headers: IncomingHttpHeaders;
  method: string;
  /** As the qs library parses it: strings, arrays or objects. */
  query: Record<string, unknown>;
  path: string;
}

/** The template's way to answer. `fail()` is left out: it drops the headers. */
export interface TemplateContext {
  status(code: number): this;
  headers(headers: Record<string, string>): this;
  succeed(body: string): void;
}

/** A node18 handler. */
export type Handler = (event: TemplateEvent, context: TemplateContext) => Promise<void>;
