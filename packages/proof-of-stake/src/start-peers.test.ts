import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createLogger } from "@platform/shared/log/logger";
import { waitFor } from "../../../test/support/wait-for.ts";
import { readPeersConfig } from "./peers-config.ts";
import { startPeers } from "./start-peers.ts";

/** A fake REST API of a beacon node that executes connect_peer. */
class FakeBeacon implements AsyncDisposable {
  readonly peers = new Set<string>();
  readonly queries: URLSearchParams[] = [];
  /** The number of rounds that have read its peers. */
  rounds = 0;
  private readonly server: Server;
  constructor(readonly peerId: string) {
    this.server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url!, "http://beacon");
      const answer = (data: unknown) => response.end(JSON.stringify({ data }));
      if (pathname.endsWith("/identity"))
        return answer({ peer_id: peerId, p2p_addresses: [`/ip4/10.0.0.9/tcp/9000/p2p/${peerId}`] });
      if (pathname.endsWith("/peers")) this.rounds += 1;
      if (pathname.endsWith("/peers"))
        return answer([...this.peers].map((peer_id) => ({ peer_id, state: "connected" })));
      if (request.method !== "POST") return response.writeHead(404).end();
      this.queries.push(searchParams);
      this.peers.add(searchParams.get("peerId")!);
      return response.end();
    });
  }
  async listen() {
    await once(this.server.listen(0, "127.0.0.1"), "listening");
    return this;
  }
  get host() {
    return `127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }
  async [Symbol.asyncDispose]() {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

const beacon = (peerId: string) => new FakeBeacon(peerId).listen();
const start = (...hosts: string[]) =>
  startPeers(
    readPeersConfig({
      BEACON_SERVICES: hosts.join(),
      BEACON_REFRESH: "20ms",
      BEACON_TIMEOUT: "1s",
      PORT: "0",
      HOST: "127.0.0.1",
    }),
    createLogger("test", "silent"),
  );
const isReady = async (url: string) => (await fetch(`${url}/readyz`)).ok;

it("connects each pair of nodes once, at the address of the REST API and the peer port", async () => {
  await using a = await beacon("a");
  await using b = await beacon("b");
  await using c = await beacon("c");
  await using service = await start(a.host, b.host, c.host);
  await waitFor("the connections", () => a.peers.size === 2 && b.peers.size === 1);
  await waitFor("readiness", () => isReady(service.url));
  const { rounds } = a;
  await waitFor("later rounds", () => a.rounds >= rounds + 4);
  expect(a.queries.map((query) => query.get("multiaddr"))).toEqual(Array(2).fill("/ip4/127.0.0.1/tcp/9000"));
  expect([a.queries, b.queries, c.queries].map(({ length }) => length)).toEqual([2, 1, 0]);
});

it("reconnects nodes after a lost connection", async () => {
  await using a = await beacon("a");
  await using b = await beacon("b");
  await using _ = await start(a.host, b.host);
  await waitFor("the connection", () => a.peers.has("b"));
  a.peers.clear();
  await waitFor("the connection", () => a.peers.has("b"));
  expect(a.queries).toHaveLength(2);
});

it("is not ready while no node answers, and counts the failures", async () => {
  const gone = await beacon("gone");
  const { host } = gone;
  await gone[Symbol.asyncDispose]();
  await using service = await start(host);
  const failures = async () => (await fetch(`${service.url}/metrics`)).text();
  await waitFor("a failure", async () => /failures_total\{operation="read"\} [1-9]/.test(await failures()));
  expect(await isReady(service.url)).toBe(false);
});

it("connects the others while a node is down", async () => {
  await using a = await beacon("a");
  await using b = await beacon("b");
  await using _ = await start("127.0.0.1:1", a.host, b.host);
  await waitFor("the connection", () => a.peers.has("b"));
  expect(a.queries).toHaveLength(1);
});
