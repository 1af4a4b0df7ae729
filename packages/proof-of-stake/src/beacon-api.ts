import { isIPv6 } from "node:net";
import { withinTime } from "@platform/shared/clients/within-time";
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
  /** Where other nodes reach it: its TCP port at the address of its REST API. */
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

/** Asks a beacon node who it is and which peers it has. @throws Error when it does not answer as the Beacon API has it */
export async function readBeacon(beacon: BeaconAddress, limits: CallLimits): Promise<Beacon> {
  const get = async (path: string): Promise<unknown> => JSON.parse(await call(beacon, path, limits));
  const [{ data: self }, { data: peers }] = await Promise.all([
    get("/eth/v1/node/identity").then((answer) => v.parse(identity, answer)),
    get("/eth/v1/node/peers").then((answer) => v.parse(peerList, answer)),
  ]);
  const port = self.p2p_addresses.map((address) => /\/tcp\/(\d+)/.exec(address)?.[1]).find(Boolean);
  if (port === undefined) throw new Error("it names no TCP address for peers");
  const { address } = beacon;
  return {
    ...beacon,
    peerId: self.peer_id,
    multiaddr: `/${isIPv6(address) ? "ip6" : "ip4"}/${address}/tcp/${port}`,
    peers: new Set(peers.filter(({ state }) => state === "connected").map(({ peer_id }) => peer_id)),
  };
}

/** Has a beacon node connect to another, in Lodestar's own namespace of the REST API. */
export async function connectBeacon(from: BeaconAddress, to: Beacon, limits: CallLimits): Promise<void> {
  const query = new URLSearchParams({ peerId: to.peerId, multiaddr: to.multiaddr });
  await call(from, `/eth/v1/lodestar/connect_peer?${query}`, limits, "POST");
}

/** The text of the answer, which is read within the time limit. */
function call(
  { address, port }: BeaconAddress,
  path: string,
  { timeout, signal }: CallLimits,
  method = "GET",
): Promise<string> {
  return withinTime(timeout, signal, async (signal) => {
    const response = await fetch(`http://${hostAndPort(address, port)}${path}`, { method, signal });
    const body = await response.text();
    if (!response.ok) throw new Error(`HTTP status ${response.status}`);
    return body;
  });
}
