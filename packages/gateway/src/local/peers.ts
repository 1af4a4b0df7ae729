/**
 * The settings with addresses of other services. A local function gets them only from the gateway's environment, because
 * stack.yml has addresses inside a cluster.
 */
const peerSettings = ["GETH_RPC_ENDPOINT", "KAFKA_BROKERS", "ELASTICSEARCH_URL"] as const;

/** Returns a function's environment with the addresses of local peers; settings of missing peers are left out. */
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
