import type { IncomingHttpHeaders } from "node:http";

/**
 * Whether a page of another origin sent a request, according to the browser's headers. Programs such as curl send neither header.
 * `Sec-Fetch-Site` takes precedence because a proxy may change `Host`; browsers send it only to https and loopback.
 */
export function isOfOtherOrigin(headers: IncomingHttpHeaders): boolean {
  const { "sec-fetch-site": site, origin, host } = headers;
  if (site !== undefined) return site !== "same-origin";
  if (origin === undefined) return false;
  return !URL.canParse(origin) || new URL(origin).host !== hostWithoutDefaultPort(host, origin);
}

/** Removes the default port of the origin's scheme: `gateway:80` becomes `gateway` for http. */
function hostWithoutDefaultPort(host: string | undefined, origin: string): string | undefined {
  const url = `${new URL(origin).protocol}//${host}`;
  return URL.canParse(url) ? new URL(url).host : undefined;
}
