import type { Beacon } from "./beacon-api.ts";

/** The pairs of beacon nodes of which neither has the other as a peer: the first is to connect to the second. */
export function missingConnections(beacons: readonly Beacon[]): [Beacon, Beacon][] {
  // Two names or addresses may lead to the same node.
  const nodes = [...new Map(beacons.map((beacon) => [beacon.peerId, beacon])).values()];
  return nodes.flatMap((from, index) =>
    nodes
      .slice(index + 1)
      .filter((to) => !from.peers.has(to.peerId) && !to.peers.has(from.peerId))
      .map((to): [Beacon, Beacon] => [from, to]),
  );
}
