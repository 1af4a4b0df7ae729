import { isIPv6 } from "node:net";
import { withTimeLimit } from "@platform/shared/clients/with-time-limit";
import { hostAndPort } from "@platform/shared/config/host-and-port";
import * as v from "valibot";

/** The address of a beacon node's REST API. */
export interface BeaconAddress {
  /** An IP address. */
  address: string;
  port: number;
}

/** A beacon node and the peers that it is connected to. */
export interface Beacon extends BeaconAddress {
  peerId: string;
  /** The peer address of the node: its TCP port at the address of its REST API. */
  multiaddr: string;
  peers: ReadonlySet<string>;
}

/** Limits of a call. */
export interface CallLimits {
  /** In milliseconds. */
  timeout: number;
  signal: AbortSignal;
}

const identity = v.object({ data: v.object({ peer_id: v.string(), p2p_addresses: v.array(v.string()) }) });
const peerList = v.object({ data: v.array(v.object({ peer_id: v.string(), state: v.string() })) });

/** Asks a beacon node for its identity and its peers. @throws Error when the answer does not follow the Beacon API */
export async function readBeacon(beacon: BeaconAddress, limits: CallLimits): Promise<Beacon> {
  const get = async (path: string): Promise<unknown> => JSON.parse(await call(beacon, path, limits));
  const [{ data: self }, { data: peers }] = await Promise.all([
    get("/eth/v1/node/identity").then((answer) => v.parse(identity, answer)),
    get("/eth/v1/node/peers").then((answer) => v.parse(peerList, answer)),
  ]);
  const port = self.p2p_addresses.map((multiaddr) => /\/tcp\/(\d+)/.exec(multiaddr)?.[1]).find(Boolean);
  if (port === undefined) throw new Error("the beacon node has no TCP address for peers");
  const { address } = beacon;
  return {
    ...beacon,
    peerId: self.peer_id,
    multiaddr: `/${isIPv6(address) ? "ip6" : "ip4"}/${address}/tcp/${port}`,
    peers: new Set(peers.filter(({ state }) => state === "connected").map(({ peer_id }) => peer_id)),
  };
}

/** Tells a beacon node to connect to another, through Lodestar's own namespace of the REST API. */
export async function connectBeacon(from: BeaconAddress, to: Beacon, limits: CallLimits): Promise<void> {
  const query = new URLSearchParams({ peerId: to.peerId, multiaddr: to.multiaddr });
  await call(from, `/eth/v1/lodestar/connect_peer?${query}`, limits, "POST");
}

/** Returns the text of the answer; the time limit includes reading it. */
function call(
  { address, port }: BeaconAddress,
  path: string,
  { timeout, signal }: CallLimits,
  method = "GET",
): Promise<string> {
  return withTimeLimit(timeout, signal, async (limitedSignal) => {
    const response = await fetch(`http://${hostAndPort(address, port)}${path}`, {
      method,
      signal: limitedSignal,
    });
    const body = await response.text();
    if (!response.ok) throw new Error(`HTTP status ${response.status}`);
    return body;
  });
}
