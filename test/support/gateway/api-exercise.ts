import type { HttpAnswer } from "../http/http-call.ts";
import type { DocumentedAnswer } from "../openapi/api-description.ts";

/** A call that brings about a documented answer. */
export interface Exercise extends DocumentedAnswer {
  /** What the path's `{name}` stands for. */
  name?: string;
  query?: string;
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
  /** Whether the call carries no credentials. */
  anonymous?: boolean;
  /** Whether the answer may take time: calls are repeated. */
  eventually?: boolean;
  /** Further checks of the answer. */
  check?: (answer: HttpAnswer) => void;
}

/** The body of an answer. */
export function json({ body }: HttpAnswer): unknown {
  return JSON.parse(body);
}
