import { isBesu, isNethermind } from "./clients.ts";

/**
 * How long a pong is held back, in milliseconds. Geth ends a connection on which the pong arrives before it has begun
 * to wait for it, which happens on a fast network.
 */
export const pongDelay = 50;

/** A latency as a node reported it, and what is known of the node. */
export interface ReportedLatency {
  milliseconds: number;
  client: string | null;
  /** Whether the node has sent pings: otherwise it measured something else than our held-back pong. */
  pings: boolean;
}

/**
 * The time from a node to this server. Clients report half of the time between ping and pong, Besu all of it, and
 * Nethermind, which sends no pings, the age of the server's ping.
 */
export function toLatency({ milliseconds, client, pings }: ReportedLatency): number {
  if (isNethermind(client) && !pings) return milliseconds;
  const half = isBesu(client) ? Math.round(milliseconds / 2) : milliseconds;
  return Math.max(0, half - pongDelay / 2);
}
