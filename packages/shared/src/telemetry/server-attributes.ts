import type { SpanAttributes } from "./tracing.ts";

/** The attributes of a span that name a server, from its host and port as `URL.host` has them. */
export function serverAttributes(host: string): SpanAttributes {
  const [, address = host, port] = /^(.*?)(?::(\d+))?$/.exec(host) ?? [];
  return { "server.address": address, "server.port": port === undefined ? undefined : Number(port) };
}
