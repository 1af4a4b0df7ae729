import { lookup } from "node:dns/promises";
import { setMaxListeners } from "node:events";
import type { Host } from "@platform/shared/config/host-list";
import { describeError } from "@platform/shared/errors/describe-error";
import type { Logger } from "@platform/shared/log/logger";
import { type StartedHttpServer, startHttpServer } from "@platform/shared/service/http-server";
import { refreshPeriodically } from "@platform/shared/service/refresh-periodically";
import { createServiceApp } from "@platform/shared/service/service-app";
import { type BeaconAddress, connectBeacon, readBeacon } from "./beacon-api.ts";
import { missingConnections } from "./missing-connections.ts";
import type { PeersConfig } from "./peers-config.ts";
import { createPeersMetrics } from "./peers-metrics.ts";

/** Starts the service that connects all beacon nodes to each other, and reconnects them after a loss. */
export async function startPeers(config: PeersConfig, log: Logger): Promise<StartedHttpServer> {
  const stopping = new AbortController();
  // Every call of a round adds a listener.
  setMaxListeners(0, stopping.signal);
  const limits = { timeout: config.BEACON_TIMEOUT, signal: stopping.signal };
  let reached = 0;
  const metrics = createPeersMetrics(() => reached);
  /** Returns the value of the work. After a failure, counts and logs it, and returns undefined. */
  const attempt = async <T>(operation: "lookup" | "read" | "connect", facts: object, work: Promise<T>) => {
    try {
      return await work;
    } catch (error) {
      metrics.failures.inc({ operation });
      log.debug({ ...facts, error: describeError(error) }, `beacon_${operation}_failed`);
      return undefined;
    }
  };
  const connectAll = async () => {
    const addresses = await Promise.all(
      config.BEACON_SERVICES.map((host) => attempt("lookup", host, resolveBeacons(host))),
    );
    const read = await Promise.all(
      addresses
        .flatMap((resolved) => resolved ?? [])
        .map((beacon) => attempt("read", beacon, readBeacon(beacon, limits))),
    );
    const beacons = read.filter((beacon) => beacon !== undefined);
    reached = beacons.length;
    await Promise.all(
      missingConnections(beacons).map(async ([from, to]) => {
        const facts = { from: from.multiaddr, to: to.multiaddr };
        const connect = connectBeacon(from, to, limits).then(() => true);
        if (!(await attempt("connect", facts, connect))) return;
        metrics.connections.inc();
        log.info(facts, "beacons_connected");
      }),
    );
  };
  const app = createServiceApp({
    name: "beacon peers service",
    log,
    metrics: metrics.registry,
    ready: () => reached > 0,
    routes: () => undefined,
  });
  const server = await startHttpServer({ app, host: config.HOST, port: config.PORT });
  const rounds = refreshPeriodically(connectAll, config.BEACON_REFRESH, log);
  log.info({ url: server.url }, "listening");
  return {
    ...server,
    async [Symbol.asyncDispose]() {
      stopping.abort();
      await rounds[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** Uses the system's resolver, which also supports /etc/hosts and IP addresses. */
async function resolveBeacons({ name, port }: Host): Promise<BeaconAddress[]> {
  const addresses = await lookup(name, { all: true });
  return addresses.map(({ address }) => ({ address, port }));
}
