import { isIPv6 } from "node:net";
import * as v from "valibot";

/** A host that may stand for several machines, and the port to ask them at. */
export interface Host {
  /** A DNS name or an IP address, IPv6 without brackets. */
  name: string;
  port: number;
}

/** Hosts with commas, each with or without `:port`; IPv6 addresses with a port in brackets. It must be set. */
export function hostList({ port }: { port: number }) {
  return v.pipe(
    v.string("is not set"),
    v.transform((text) => text.split(",").map((part) => parseHost(part.trim(), port))),
    v.check(
      (hosts) => hosts.every((host) => host !== undefined),
      "must be hosts with commas, each with or without :port",
    ),
    v.transform((hosts) => hosts as readonly Host[]),
  );
}

function parseHost(text: string, fallback: number): Host | undefined {
  if (isIPv6(text)) return { name: text, port: fallback };
  const match = /^(?:\[(.+)\]|([\w.-]+))(?::(\d{1,5}))?$/.exec(text);
  if (match === null) return undefined;
  const [, bracketed, name = bracketed ?? "", port = String(fallback)] = match;
  if (bracketed !== undefined && !isIPv6(bracketed)) return undefined;
  return Number(port) >= 1 && Number(port) <= 65_535 ? { name, port: Number(port) } : undefined;
}
