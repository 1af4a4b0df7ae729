import type { FunctionRequest } from "./request.ts";

/** What makes a representation. */
export interface RepresentationFacts {
  /** JSON, already written. */
  json: string;
  /** Names this very content (a strong entity tag, without its quotes); left out when nothing does. */
  etag?: string | undefined;
  /** The Cache-Control header. */
  cacheControl: string;
}

/** A result that the caller may keep and ask again about (RFC 9110, section 13; RFC 9111). */
export class Representation {
  readonly json: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor({ json, etag, cacheControl }: RepresentationFacts) {
    this.json = json;
    this.headers = {
      "cache-control": cacheControl,
      ...(etag === undefined ? {} : { etag: `"${etag}"` }),
    };
  }

  /** Does the caller have it already? If-None-Match of a GET or HEAD names its tag, by the weak comparison, or any. */
  isHeldBy(request: FunctionRequest): boolean {
    const { etag } = this.headers;
    const held = request.header("if-none-match");
    if (etag === undefined || held === undefined || !/^(GET|HEAD)$/.test(request.method)) return false;
    return held
      .split(",")
      .map((tag) => tag.trim().replace(/^W\//, ""))
      .some((tag) => tag === etag || tag === "*");
  }
}
