import { setting, withFacts } from "@platform/shared/config/setting";
import type { RequestHandler, Response } from "express";
import * as v from "valibot";

/** Origins whose pages may read the answers of functions: a set, or all. */
export type CorsOrigins = ReadonlySet<string> | "*";

/** The setting with these origins. */
export function corsOrigins() {
  const schema = v.pipe(
    v.string(),
    v.transform((list) => list.split(",").map((origin) => origin.trim())),
    v.check((list) => !list.includes("*") || list.length === 1, "must be * alone or a list of origins"),
    v.check(
      (list) => list.every((origin) => origin === "*" || isOrigin(origin)),
      "must be origins such as https://app.example or http://localhost:3000, or *",
    ),
    v.transform((list): CorsOrigins => (list[0] === "*" ? "*" : new Set(list))),
  );
  return setting(
    "origins whose pages in a browser may call /function and /async-function (CORS)",
    withFacts(v.optional(schema), { values: "origins, separated by commas, or *" }),
    { unset: "none" },
  );
}

/** Whether a text is an origin as browsers send it: scheme, host, and a port other than the default. */
function isOrigin(text: string): boolean {
  return /^https?:[^*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text;
}

/** The headers that pages may read besides the CORS-safelisted ones. */
const exposed = [
  ...["X-Call-Id", "X-Start-Time", "X-Duration-Seconds"],
  ...["ETag", "Location", "Retry-After", "Allow", "WWW-Authenticate"],
].join(", ");
const methods = "GET, HEAD, POST, PUT, PATCH, DELETE";
/** The time a browser caches the answer to a preflight, in seconds. */
const maxAge = "600";

/** Answers preflights of the origins, and lets their pages read answers, without credentials. It passes on all other requests. */
export function cors(origins: CorsOrigins): RequestHandler {
  return (request, response, next) => {
    response.vary("Origin");
    const { origin } = request.headers;
    if (origin === undefined || (origins !== "*" && !origins.has(origin))) return next();
    response.set("access-control-allow-origin", origins === "*" ? "*" : origin);
    if (request.method === "OPTIONS" && request.get("access-control-request-method") !== undefined) {
      return sendPreflight(response, request.get("access-control-request-headers"));
    }
    response.set("access-control-expose-headers", exposed);
    next();
  };
}

function sendPreflight(response: Response, requestedHeaders: string | undefined): void {
  response.vary("Access-Control-Request-Headers");
  response.set({ "access-control-allow-methods": methods, "access-control-max-age": maxAge });
  if (requestedHeaders !== undefined) response.set("access-control-allow-headers", requestedHeaders);
  response.status(204).end();
}

/** Returns the headers of a function's answer without its CORS headers when the gateway sets its own, and merges `Vary`. */
export function withoutCors(
  headers: Readonly<Record<string, string | string[]>>,
  response: Response,
): Record<string, string | string[]> {
  const gateways = response.getHeader("vary");
  if (gateways === undefined) return { ...headers };
  const { vary = [], ...others } = headers;
  const entries = Object.entries(others).filter(
    ([name]) => !(response.hasHeader("access-control-allow-origin") && name.startsWith("access-control-")),
  );
  return { ...Object.fromEntries(entries), vary: [String(gateways), ...[vary].flat()].join(", ") };
}
