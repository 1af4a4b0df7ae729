import type { IncomingHttpHeaders } from "node:http";

/** Hop-by-hop headers (RFC 9110, section 7.6.1). */
const hopByHopHeaders = new Set([
  "connection",
  "expect",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** Removes hop-by-hop headers, including those that the header Connection lists. */
export function removeHopByHopHeaders(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const named = new Set((headers.connection ?? "").toLowerCase().split(/\s*,\s*/));
  return Object.fromEntries(
    Object.entries(headers).filter(
      (entry): entry is [string, string | string[]] =>
        entry[1] !== undefined && !hopByHopHeaders.has(entry[0]) && !named.has(entry[0]),
    ),
  );
}
