import type { IncomingHttpHeaders } from "node:http";

/**
 * Whether a page of another origin sent a request, as far as the browser tells. Programs such as curl send neither header.
 * `Sec-Fetch-Site` takes precedence because a proxy may change `Host`; browsers send it only to https and loopback.
 */
export function isOfOtherOrigin(headers: IncomingHttpHeaders): boolean {
  const { "sec-fetch-site": site, origin, host } = headers;
  if (site !== undefined) return site !== "same-origin";
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== hostWithoutDefaultPort(host, origin);
}

/** `gateway:80` becomes `gateway` where the origin's scheme is http, as in an origin. */
function hostWithoutDefaultPort(host: string | undefined, origin: string): string | undefined {
  const url = `${new URL(origin).protocol}//${host}`;
  return URL.canParse(url) ? new URL(url).host : undefined;
}
