import type { KubernetesClient } from "@platform/shared/kubernetes/kubernetes-client";
import { LeaderElection } from "@platform/shared/kubernetes/leader-election";
import type { Logger } from "@platform/shared/log/logger";
import { refreshPeriodically } from "@platform/shared/service/refresh-periodically";
import type { FunctionCatalog } from "../../http/function-catalog.ts";
import type { StartedGatewayServer } from "../../http/gateway-server.ts";
import { Scheduler } from "../../http/scheduler.ts";
import { CallReports } from "./read-reports.ts";
import { Scaler } from "./scaler.ts";

/** Options of the leader's work. */
export interface LeaderWorkOptions {
  client: KubernetesClient;
  /** The gateways' own namespace. */
  namespace: string;
  /** The gateway's pod. */
  pod: string;
  functions: FunctionCatalog;
  server: Pick<StartedGatewayServer, "call" | "metrics">;
  scaleDownWindowMs: number;
  /** Time limit for scheduled calls in flight on shutdown, in milliseconds. */
  shutdownTimeoutMs: number;
  log: Logger;
}

const scaleEveryMs = 2_000;

/**
 * Takes part in the leader election of the gateways. The leader scales functions and runs schedules. Disposal ends both
 * before another gateway may lead.
 */
export function startLeaderWork(options: LeaderWorkOptions): AsyncDisposable {
  const { client, namespace, pod, functions, server, log } = options;
  const election = new LeaderElection({ client, namespace, name: "gateway-leader", pod, log });
  const reports = new CallReports({ client, namespace, log });
  const scaler = new Scaler({
    ...options,
    readLoads: () => reports.read(),
    scaled: server.metrics.scaled,
  });
  const scaling = refreshPeriodically(
    async () => {
      if (election.isLeader()) await scaler.run();
      else scaler.reset();
    },
    scaleEveryMs,
    log,
  );
  const scheduler = new Scheduler({
    functions,
    call: server.call,
    isActive: () => election.isLeader(),
    ended: server.metrics.scheduled,
    shutdownTimeoutMs: options.shutdownTimeoutMs,
    log,
  });
  return {
    async [Symbol.asyncDispose]() {
      await Promise.all([scaling[Symbol.asyncDispose](), scheduler[Symbol.asyncDispose]()]);
      await election[Symbol.asyncDispose]();
    },
  };
}
