import { isBesu, isNethermind } from "./clients.ts";

/**
 * Delay of a pong, in milliseconds. Geth closes the connection when a pong arrives before it waits for one, which happens on
 * a fast network.
 */
export const pongDelay = 50;

/** A reported latency, with facts about the node. */
export interface ReportedLatency {
  milliseconds: number;
  client: string | null;
  /** Whether the node has sent pings; otherwise its latency does not include the delay of the pong. */
  pings: boolean;
}

/**
 * Computes the one-way latency from a node to this server. Clients report half of the round trip, Besu all of it.
 * Nethermind sends no pings, and reports the age of the server's ping.
 */
export function toLatency({ milliseconds, client, pings }: ReportedLatency): number {
  if (isNethermind(client) && !pings) return milliseconds;
  const half = isBesu(client) ? Math.round(milliseconds / 2) : milliseconds;
  return Math.max(0, half - pongDelay / 2);
}
