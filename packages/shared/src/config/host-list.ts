import { isIPv6 } from "node:net";
import * as v from "valibot";
import { withFacts } from "./setting.ts";
import { text } from "./settings.ts";

/** A host, which may resolve to several addresses, and a port. */
export interface Host {
  /** A DNS name or an IP address, IPv6 without brackets. */
  name: string;
  port: number;
}

/** Hosts separated by commas, each with or without `:port`; IPv6 addresses with a port in brackets. It must be set. */
export function hostList({ port }: { port: number }) {
  const schema = v.pipe(
    text(),
    v.transform((list) => list.split(",").map((part) => parseHost(part.trim(), port))),
    v.check(
      (hosts) => hosts.every((host) => host !== undefined),
      "must be hosts separated by commas, each with or without :port",
    ),
    v.transform((hosts) => hosts as readonly Host[]),
  );
  return withFacts(schema, { values: "hosts with or without :port, separated by commas" });
}

function parseHost(entry: string, fallback: number): Host | undefined {
  if (isIPv6(entry)) return { name: entry, port: fallback };
  const match = /^(?:\[(.+)\]|([\w.-]+))(?::(\d{1,5}))?$/.exec(entry);
  if (match === null) return undefined;
  const [, bracketed, name = bracketed ?? "", port = String(fallback)] = match;
  if (bracketed !== undefined && !isIPv6(bracketed)) return undefined;
  return Number(port) >= 1 && Number(port) <= 65_535 ? { name, port: Number(port) } : undefined;
}
