// needs: kubernetes-api

import { startLeaderWork } from "@platform/gateway/cluster/scaling/leader-work";
import { CallReports } from "@platform/gateway/cluster/scaling/read-reports";
import { reportCalls } from "@platform/gateway/cluster/scaling/report-calls";
import { Scaler } from "@platform/gateway/cluster/scaling/scaler";
import { CallCounts } from "@platform/gateway/http/call-counts";
import { FunctionCatalog } from "@platform/gateway/http/function-catalog";
import type { FunctionTarget } from "@platform/gateway/http/function-target";
import type { KubernetesClient } from "@platform/shared/kubernetes/kubernetes-client";
import { LeaderElection } from "@platform/shared/kubernetes/leader-election";
import { createLogger } from "@platform/shared/log/logger";
import {
  type CuttableClient,
  type GatewayClients,
  startGatewayClients,
} from "../support/kubernetes/gateway-clients.ts";
import { applyObjects, hasKubernetes } from "../support/kubernetes/kubernetes.ts";
import { requireService } from "../support/require-service.ts";
import { waitFor } from "../support/wait-for.ts";

jest.setTimeout(60_000);

const log = createLogger("test", "silent");

requireService("a Kubernetes API server and kubectl (KUBECONFIG)", hasKubernetes(), () => {
  let account: GatewayClients;
  let clients: CuttableClient[];
  beforeAll(async () => {
    account = await startGatewayClients(`gateway-leases-${process.pid}`);
    clients = await Promise.all([account.openClient(), account.openClient(), account.openClient()]);
  });
  afterAll(() => account?.[Symbol.asyncDispose]());
  const leases = () => `/apis/coordination.k8s.io/v1/namespaces/${account.namespace}/leases`;

  describe("the election of a leader", () => {
    const durationSeconds = 3;
    const join = ({ client }: CuttableClient, pod: string) =>
      new LeaderElection({
        client,
        namespace: account.namespace,
        name: "gateway-test",
        pod,
        durationSeconds,
        log,
      });

    it("has one winner; a partitioned leader stops before another one leads, within two terms", async () => {
      const candidates = clients.map((client, index) => ({ client, election: join(client, `pod-${index}`) }));
      const leaders = () => {
        const names = candidates.filter(({ election }) => election.isLeader());
        expect(names.length).toBeLessThan(2);
        return names;
      };
      const first = await waitFor("a leader", () => leaders()[0]);
      const lateEnd = Date.now() + durationSeconds * 1_000;
      await waitFor("a term with renewals", () => leaders()[0] === first && Date.now() > lateEnd);
      first.client.cut();
      const second = await waitFor(
        "another leader",
        () => leaders().find((leader) => leader !== first),
        2_000 * durationSeconds,
      );
      expect(first.election.isLeader()).toBe(false);

      // A leader that shuts down releases the Lease, so the last candidate need not wait for the term.
      await second.election[Symbol.asyncDispose]();
      await waitFor("the third", () => leaders()[0], (1_000 * durationSeconds) / 2);
      await Promise.all(candidates.map(({ election }) => election[Symbol.asyncDispose]()));
      const connected = candidates.find((candidate) => candidate.client !== first.client)!.client;
      const lease = (await connected.client.get(`${leases()}/gateway-test`)) as { spec: object };
      expect(lease.spec).toMatchObject({ leaseTransitions: 2 });
      expect(lease.spec).not.toHaveProperty("holderIdentity");
      clients[clients.indexOf(first.client)] = await account.openClient();
    });
  });

  const makeTarget = (name: string, labels: Readonly<Record<string, string>> = {}): FunctionTarget => ({
    definition: { name, image: "fake:1", environment: {}, labels, annotations: {}, secrets: [] },
    createdAt: new Date(0),
    replicas: { wanted: 1, available: 1 },
    keepAlive: false,
    invocations: 0,
    address: async () => undefined,
  });

  describe("reports of calls", () => {
    it("add up, end with their gateway, and expire when it is killed", async () => {
      const { namespace } = account;
      const functions = new FunctionCatalog(namespace, [makeTarget("echo")]);
      const start = (index: number, inFlight: number) => {
        const counts = new CallCounts();
        for (let call = 0; call < inFlight; call += 1) counts.begin("echo");
        const { client } = clients[index]!;
        return reportCalls({ client, namespace, pod: `pod-${index}`, functions, counts, log });
      };
      const reports = new CallReports({ client: clients[2]!.client, namespace, log });
      const readInFlight = async () => (await reports.read()).get("echo")?.inFlight;
      const gateways = [start(0, 3), start(1, 4)];
      await waitFor("both reports", async () => (await readInFlight()) === 7);
      await gateways[0]![Symbol.asyncDispose]();
      expect(await readInFlight()).toBe(4);

      clients[1]!.cut();
      const now = performance.now.bind(performance);
      const clock = jest.spyOn(performance, "now");
      try {
        clock.mockImplementation(() => now() + 16_000);
        expect(await readInFlight()).toBeUndefined();
        clock.mockImplementation(() => now() + 90_000);
        await reports.read();
      } finally {
        clock.mockRestore();
      }
      const labelSelector = "app.kubernetes.io/component=call-report";
      expect(await clients[2]!.client.get(leases(), { labelSelector })).toMatchObject({ items: [] });
      await gateways[1]![Symbol.asyncDispose]();
      clients[1] = await account.openClient();
    });
  });

  describe("the scaler", () => {
    const label = (name: string, value: string) => ({ [`com.openfaas.scale.${name}`]: value });
    const deploymentPath = (name: string) =>
      `/apis/apps/v1/namespaces/${account.namespace}/deployments/${name}`;

    /** A Deployment of kubectl with one replica, and a scaler whose calls in flight the test sets. */
    async function deploy(name: string, labels: Readonly<Record<string, string>>) {
      const { client } = clients[0]!;
      const template = {
        metadata: { labels: { app: name } },
        spec: { containers: [{ name, image: "registry.invalid/fake:1" }] },
      };
      await applyObjects([
        {
          apiVersion: "apps/v1",
          kind: "Deployment",
          metadata: { name, namespace: account.namespace, labels: { faas_function: name } },
          spec: { replicas: 1, selector: { matchLabels: { app: name } }, template },
        },
      ]);
      const replicas = { wanted: 1, available: 1 };
      const target = { ...makeTarget(name, labels), replicas };
      const load = { inFlight: 0, perSecond: 0, idleMs: 0 };
      const scaled: string[] = [];
      const read = async () => {
        const { spec } = (await client.get(deploymentPath(name))) as { spec: { replicas: number } };
        return spec.replicas;
      };
      const warnings = jest.spyOn(createLogger("test", "silent"), "warn");
      const createScaler = (scalerClient: KubernetesClient) =>
        new Scaler({
          client: scalerClient,
          functions: new FunctionCatalog(account.namespace, [target]),
          readLoads: async () => new Map([[name, load]]),
          scaleDownWindowMs: 500,
          scaled: (_name, direction) => scaled.push(direction),
          log: Object.assign(createLogger("test", "silent"), { warn: warnings }),
        });
      return { client, load, replicas, scaled, read, createScaler, warnings };
    }

    it("scales up at once, down after the window, and to zero after the idle time", async () => {
      const labels = { ...label("type", "capacity"), ...label("target", "10"), ...label("zero", "true") };
      const { client, load, replicas, scaled, read, createScaler } = await deploy("busy", {
        ...labels,
        ...label("zero-duration", "1s"),
      });
      const scaler = createScaler(client);
      const run = async () => {
        await scaler.run();
        replicas.wanted = await read();
        return replicas.wanted;
      };
      load.inFlight = 25;
      expect(await run()).toBe(3);
      load.inFlight = 5;
      expect(await run()).toBe(3);
      await waitFor("one replica", async () => (await run()) === 1);
      Object.assign(load, { inFlight: 0, idleMs: 0 });
      expect(await run()).toBe(1);
      load.idleMs = 60_000;
      await waitFor("none", async () => (await run()) === 0);
      load.inFlight = 25;
      expect(await run()).toBe(0);
      expect(scaled).toEqual(["up", "down", "down"]);
    });

    it("decides again after a concurrent change", async () => {
      const { client, load, read, scaled, createScaler } = await deploy("contended", {
        ...label("type", "capacity"),
        ...label("target", "10"),
      });
      load.inFlight = 25;
      const late = Object.assign(Object.create(client), {
        get: client.get.bind(client),
        async patch(path: string, body: object) {
          if ((await read()) === 1) await client.patch(path, { spec: { replicas: 0 } });
          return client.patch(path, body);
        },
      });
      await createScaler(late).run();
      expect(await read()).toBe(0);
      expect(scaled).toEqual([]);
    });

    it("ignores a function with wrong labels, and logs that once", async () => {
      const { client, load, read, createScaler, warnings } = await deploy("wrong", label("type", "queue"));
      load.inFlight = 1_000;
      const scaler = createScaler(client);
      await scaler.run();
      await scaler.run();
      expect(await read()).toBe(1);
      expect(warnings.mock.calls.map((parts) => parts[1])).toEqual(["scale_labels_wrong"]);
    });
  });

  it("calls a schedule from one gateway at a time, and continues when that ends", async () => {
    const { namespace } = account;
    const annotations = { topic: "cron-function", schedule: "@every 1s" };
    const ticking = makeTarget("ticking");
    const functions = new FunctionCatalog(namespace, [
      { ...ticking, definition: { ...ticking.definition, annotations } },
    ]);
    const calls: { gatewayIndex: number; second: number }[] = [];
    const start = (gatewayIndex: number) =>
      startLeaderWork({
        client: clients[gatewayIndex]!.client,
        namespace,
        pod: `pod-${gatewayIndex}`,
        functions,
        server: {
          call: async () => {
            calls.push({ gatewayIndex, second: Math.round(Date.now() / 1_000) });
            throw new Error("no function here");
          },
          metrics: { scheduled: () => undefined, scaled: () => undefined },
        },
        scaleDownWindowMs: 60_000,
        shutdownTimeoutMs: 1_000,
        log,
      });
    const gateways = [start(0), start(1)];
    await waitFor("three calls", () => calls.length >= 3);
    const leader = calls[0]!.gatewayIndex;
    await gateways[leader]![Symbol.asyncDispose]();
    await waitFor("the other gateway", () => calls.at(-1)!.gatewayIndex !== leader, 15_000);
    await gateways[1 - leader]![Symbol.asyncDispose]();
    const seconds = calls.map(({ second }) => second);
    expect(new Set(seconds).size).toBe(seconds.length);
    const handover = calls.findIndex((call) => call.gatewayIndex !== leader);
    expect(calls.slice(handover).every((call) => call.gatewayIndex !== leader)).toBe(true);
  });
});
