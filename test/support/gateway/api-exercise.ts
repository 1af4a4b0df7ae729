import type { HttpAnswer } from "../http/http-call.ts";
import type { DocumentedAnswer } from "../openapi/api-description.ts";

/** A call that causes a documented answer. */
export interface Exercise extends DocumentedAnswer {
  /** The value of `{name}` in the path. */
  name?: string;
  query?: string;
  body?: unknown;
  headers?: Readonly<Record<string, string>>;
  /** Whether the call carries no credentials. */
  anonymous?: boolean;
  /** Whether the answer may take time, so that the call is repeated. */
  eventually?: boolean;
  /** Further checks of the answer. */
  check?: (answer: HttpAnswer) => void;
}

/** The body of an answer. */
export function json({ body }: HttpAnswer): unknown {
  return JSON.parse(body);
}
