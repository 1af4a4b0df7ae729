import type { Beacon } from "./beacon-api.ts";

/** Returns the pairs of beacon nodes that are not peers; the first should connect to the second. */
export function missingConnections(beacons: readonly Beacon[]): [Beacon, Beacon][] {
  // Two names or addresses may belong to the same node.
  const nodes = [...new Map(beacons.map((beacon) => [beacon.peerId, beacon])).values()];
  return nodes.flatMap((from, index) =>
    nodes
      .slice(index + 1)
      .filter((to) => !from.peers.has(to.peerId) && !to.peers.has(from.peerId))
      .map((to): [Beacon, Beacon] => [from, to]),
  );
}
