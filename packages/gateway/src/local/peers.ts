/**
 * The settings that name another service. A function run here gets them from the gateway's own environment, or
 * not at all: what stack.yml names are addresses inside a cluster.
 */
const peerSettings = ["GETH_RPC_ENDPOINT", "KAFKA_BROKERS", "ELASTICSEARCH_URL"] as const;

/** A function's environment with its peers as they are here; without a peer the setting is left out. */
export function withLocalPeers(
  environment: Readonly<Record<string, string>>,
  peers: Readonly<Record<string, string | undefined>>,
): Record<string, string> {
  const local = { ...environment };
  for (const setting of peerSettings) {
    if (!(setting in local)) continue;
    const value = peers[setting];
    if (value) local[setting] = value;
    else delete local[setting];
  }
  return local;
}
