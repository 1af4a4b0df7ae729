import type { FunctionRequest } from "./request.ts";

/** The parts of a representation. */
export interface RepresentationFacts {
  /** Serialised JSON. */
  json: string;
  /** A strong entity tag without its quotes, if the content has one. */
  etag?: string | undefined;
  /** The Cache-Control header. */
  cacheControl: string;
}

/** A cacheable result, which callers can revalidate (RFC 9110, section 13; RFC 9111). */
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

  /** Whether the caller's copy is current: If-None-Match of a GET or HEAD has the tag (weak comparison), or `*`. */
  isNotModified(request: FunctionRequest): boolean {
    const { etag } = this.headers;
    const condition = request.header("if-none-match");
    if (etag === undefined || condition === undefined || !/^(GET|HEAD)$/.test(request.method)) return false;
    return condition
      .split(",")
      .map((tag) => tag.trim().replace(/^W\//, ""))
      .some((tag) => tag === etag || tag === "*");
  }
}
