import { InvalidQueryError } from "@platform/shared/errors/request-errors";
import { readText } from "@platform/shared/function/body";
import type { FunctionRequest } from "@platform/shared/function/request";
import { InvalidBodyError, UnknownFieldError } from "./errors.ts";

const names = ["block", "count", "fields", "format", "transactions"] as const;

/** The parameters of a call as text, as in a query; absent ones are undefined. */
export type BlockParameters = Readonly<Partial<Record<(typeof names)[number], string>>>;

/**
 * Reads the parameters of a call from its query and from the JSON object in the body of a POST.
 * @throws InvalidQueryError, UnknownQueryParameterError, InvalidBodyError, UnknownFieldError, InvalidEncodingError (400).
 */
export function blockParameters(request: FunctionRequest): BlockParameters {
  request.rejectUnknownQuery(names);
  const body = bodyObject(request);
  const unknown = Object.keys(body).find((name) => !names.some((known) => known === name));
  if (unknown !== undefined) throw new UnknownFieldError({ field: unknown, allowed: names });
  return Object.fromEntries(names.map((name) => [name, toText(name, request.query(name), body[name])]));
}

/** The JSON object in the body; empty without a body, and for methods other than POST. */
function bodyObject(request: FunctionRequest): Readonly<Record<string, unknown>> {
  if (request.method !== "POST" || request.body().length === 0) return {};
  const text = readText(request).trim();
  if (text === "") return {};
  const value = tryParse(text);
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
  throw new InvalidBodyError({ allowed: names });
}

function tryParse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function toText(parameter: string, query: string | undefined, field: unknown): string | undefined {
  if (field === undefined) return query;
  if (query !== undefined) {
    throw new InvalidQueryError({ parameter, allowed: "given only once, in the query or in the body" });
  }
  if (typeof field === "string" || typeof field === "number") return String(field);
  if (parameter === "fields" && Array.isArray(field) && field.every((name) => typeof name === "string")) {
    return field.join(",");
  }
  throw new InvalidQueryError({ parameter, allowed: "a string or a number" });
}
