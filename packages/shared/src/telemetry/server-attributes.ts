import type { SpanAttributes } from "./tracing.ts";

/** The server attributes of a span, from a host and port in the form of `URL.host`. */
export function serverAttributes(host: string): SpanAttributes {
  const [, address = host, port] = /^(.*?)(?::(\d+))?$/.exec(host) ?? [];
  return { "server.address": address, "server.port": port === undefined ? undefined : Number(port) };
}
