import type { RequestListener } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { freePort } from "@platform/shared/service/free-port";
import { callEach, startCallbacks } from "../support/gateway/callbacks.ts";
import {
  type FakeCluster,
  startClusterGateway,
  startFakeCluster,
} from "../support/gateway/cluster-gateway.ts";
import { httpCall } from "../support/http/http-call.ts";
import { createDisposables } from "../support/process/disposables.ts";
import type { StartedService } from "../support/process/service.ts";
import { waitFor } from "../support/wait-for.ts";

const echo: RequestListener = (request, response) => request.pipe(response);
jest.setTimeout(30_000);
const { use, dispose } = createDisposables();
afterEach(() => dispose());

async function start(listener?: RequestListener, env: Readonly<Record<string, string>> = {}) {
  const cluster = use(await startFakeCluster(listener));
  const gateway = use(await startClusterGateway(cluster, { READ_ONLY: "false", ...env }));
  const url = `${gateway.url}/function/${cluster.name}`;
  const call = (body: string) => {
    const answer = httpCall(url, { body });
    answer.catch(() => undefined); // A failed test stops the gateway while calls wait.
    return answer;
  };
  return { cluster, gateway, url, call };
}

async function metric(gateway: StartedService, name: string): Promise<number | undefined> {
  const { body } = await httpCall(`${gateway.url}/metrics`);
  const value = new RegExp(`^${name}\\{[^}]*\\} (\\S+)$`, "m").exec(body)?.[1];
  return value === undefined ? undefined : Number(value);
}

const readReplicas = async (cluster: FakeCluster, gateway: StartedService) => {
  const { body } = await httpCall(`${gateway.url}/system/function/${cluster.name}`);
  return JSON.parse(body).replicas;
};
const inFlight = (count: number, gateway: StartedService) =>
  waitFor(
    `${count} calls in flight`,
    async () => (await metric(gateway, "gateway_function_inflight")) === count,
  );
const texts = (count: number) => Array.from({ length: count }, (_, index) => `call ${index}`);

describe("calls of functions in a cluster", () => {
  it("drops no call while pods are replaced under load", async () => {
    const { cluster, call } = await start();
    cluster.deploy({ replicas: 1 });
    const startPod = async () => {
      const calls = { count: 0 };
      const listener = await cluster.startPod(async (request, response) => {
        calls.count += 1;
        await sleep(5);
        request.pipe(response);
      });
      return { ...listener, calls };
    };
    let pod = await startPod();
    cluster.setReady([pod.port]);
    let isOver = false;
    let answered = 0;
    const caller = async (name: string) => {
      for (; !isOver; answered++) {
        const body = `${name} ${answered}`;
        expect(await call(body)).toMatchObject({ status: 200, body });
      }
    };
    const callers = Promise.allSettled(texts(8).map(caller));
    for (let round = 0; round < 6; round++) {
      const old = pod;
      await waitFor("calls", () => old.calls.count > 50);
      // Every other replacement has a moment without a ready pod.
      if (round % 2 === 1) cluster.setReady([], [old.port]);
      pod = await startPod();
      cluster.setReady([pod.port], [old.port]);
      await waitFor("calls to the new pod", () => pod.calls.count > 0);
      old.server.close();
      cluster.setReady([pod.port]);
    }
    isOver = true;
    expect(await callers).toEqual(texts(8).map(() => ({ status: "fulfilled", value: undefined })));
  });

  it("sends a call with its whole body to another pod when one refuses the connection", async () => {
    const { cluster, call } = await start();
    const [closed, open] = [await freePort(0), await cluster.startPod(echo)];
    cluster.setReady([closed, open.port]);
    const bodies = texts(40).map((text) => text.repeat(5_000));
    for (const answer of await Promise.all(bodies.map(call))) {
      expect(answer.status).toBe(200);
      expect(bodies).toContain(answer.body);
    }
  });

  it("reuses the connections to a pod", async () => {
    const { cluster, call } = await start();
    const pod = await cluster.startPod(echo);
    let connections = 0;
    pod.server.on("connection", () => {
      connections += 1;
    });
    cluster.setReady([pod.port]);
    for (const text of texts(40)) expect((await call(text)).body).toBe(text);
    expect(connections).toBeLessThan(10); // A connection that was idle for a second is closed.
  });

  it("holds calls until a pod accepts them", async () => {
    const { cluster, gateway, call } = await start();
    cluster.setReady([await freePort(0)]);
    const answers = texts(20).map(call);
    await inFlight(20, gateway);
    cluster.setReady([(await cluster.startPod(echo)).port]);
    expect((await Promise.all(answers)).map(({ body }) => body)).toEqual(texts(20));
  });

  it("answers 503 function_down when no pod is ready within WAKE_TIMEOUT", async () => {
    const { cluster, call } = await start(echo, { WAKE_TIMEOUT: "300ms" });
    cluster.setReady([]);
    const { status, body, headers } = await waitFor("no pod", async () => {
      const answer = await call("late");
      return answer.status !== 200 && answer;
    });
    expect([status, headers["retry-after"]]).toEqual([503, "1"]);
    expect(JSON.parse(body)).toMatchObject({ code: "function_down" });
  });

  it("frees the slot of a caller that hangs up while it waits", async () => {
    const { cluster, gateway, url } = await start();
    cluster.deploy({ replicas: 1 });
    const caller = new AbortController();
    const held = fetch(url, { method: "POST", body: "x", signal: caller.signal }).catch(() => undefined);
    await inFlight(1, gateway);
    caller.abort();
    await held;
    await inFlight(0, gateway);
  });

  it("answers 503 too_many_waiting when 1,000 calls of a function are already waiting", async () => {
    const { cluster, gateway, call } = await start();
    cluster.deploy({ replicas: 1 });
    const answers = texts(1_000).map(call);
    await inFlight(1_000, gateway);
    const { status, body, headers } = await call("one more");
    expect([status, headers["retry-after"]]).toEqual([503, "1"]);
    expect(JSON.parse(body)).toMatchObject({ code: "too_many_waiting" });
    cluster.setReady([(await cluster.startPod(echo)).port]);
    expect((await Promise.all(answers)).map((answer) => answer.body)).toEqual(texts(1_000));
  });

  it("wakes a function from zero once for 1,000 concurrent calls, and answers them all", async () => {
    const { cluster, gateway, call } = await start();
    const answers = texts(1_000).map(call);
    await waitFor("the wake-up", () => cluster.api.patches.length > 0);
    await sleep(300);
    cluster.setReady([(await cluster.startPod(echo)).port]);
    const statuses = (await Promise.all(answers)).map(({ status }) => status);
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(cluster.api.patches).toHaveLength(1);
    expect(cluster.api.patches[0]).toMatchObject({ body: { spec: { replicas: 1 } } });
    expect(await metric(gateway, "gateway_function_wakeups_total")).toBe(1);
    expect(gateway.output()).toMatch(/function_woken/);
  });

  it("wakes a function again if it returns to zero while calls wait", async () => {
    const { cluster, call } = await start();
    const answer = call("again");
    await waitFor("the wake-up", () => cluster.api.patches.length === 1);
    cluster.deploy({ replicas: 0 });
    await waitFor("the second wake-up", () => cluster.api.patches.length === 2);
    cluster.setReady([(await cluster.startPod(echo)).port]);
    expect((await answer).body).toBe("again");
  });

  it("wakes a function from zero for an asynchronous call", async () => {
    const callbacks = use(await startCallbacks());
    const { cluster, gateway } = await start(undefined, { ASYNC_QUEUE: "memory" });
    await callEach(`${gateway.url}/async-function/${cluster.name}`, ["asleep"], callbacks.url);
    await waitFor("the wake-up", () => cluster.api.patches.length === 1);
    cluster.setReady([(await cluster.startPod(echo)).port]);
    expect((await callbacks.of("asleep")).body).toBe("asleep");
  });

  it("answers 503 function_at_zero when the gateway's role may not wake functions", async () => {
    const { cluster, call } = await start();
    cluster.api.isReadOnly = true;
    const { status, body } = await call("asleep");
    expect([status, JSON.parse(body).code]).toEqual([503, "function_at_zero"]);
  });

  it("changes no replicas with READ_ONLY=true, even if its role permits it", async () => {
    const { cluster, call } = await start(undefined, { READ_ONLY: "true" });
    const { status, body } = await call("asleep");
    expect([status, JSON.parse(body).code]).toEqual([503, "function_at_zero"]);
    expect(cluster.api.patches).toEqual([]);
  });

  it("answers 429 above max-inflight before it sends anything; asynchronous calls wait", async () => {
    const callbacks = use(await startCallbacks());
    const { cluster, gateway, call } = await start(undefined, { ASYNC_QUEUE: "memory" });
    cluster.deploy({ replicas: 1, annotations: { "max-inflight": "2" } });
    await waitFor("the quota", async () => (await readReplicas(cluster, gateway)) === 1);
    const held = ["a", "b"].map(call);
    await inFlight(2, gateway);
    const { status, body, headers } = await call("c");
    expect([status, headers["retry-after"]]).toEqual([429, "1"]);
    expect(JSON.parse(body)).toMatchObject({ code: "too_many_calls" });
    await callEach(`${gateway.url}/async-function/${cluster.name}`, ["d"], callbacks.url);
    const waiting = () => metric(gateway, "gateway_async_waiting_for_inflight");
    await waitFor("the call that waits", async () => (await waiting()) === 1);
    cluster.setReady([(await cluster.startPod(echo)).port]);
    expect((await Promise.all(held)).map((answer) => answer.body)).toEqual(["a", "b"]);
    expect((await callbacks.of("d")).headers["x-function-status"]).toBe("200");
    expect(await waiting()).toBe(0);
  });

  it("keeps serving during an outage of the API server, and catches up afterwards", async () => {
    const { cluster, gateway, call } = await start(echo);
    cluster.api.leave();
    expect((await call("alone")).body).toBe("alone");
    cluster.deploy({ replicas: 3 });
    expect(await readReplicas(cluster, gateway)).toBe(1);
    cluster.api.isAway = false;
    await waitFor("the change", async () => (await readReplicas(cluster, gateway)) === 3);
    cluster.api.breakWatches({ forget: true });
    cluster.deploy({ replicas: 2 });
    await waitFor("the change after 410", async () => (await readReplicas(cluster, gateway)) === 2);
    cluster.remove();
    await waitFor("404", async () => (await call("gone")).status === 404);
  });
});
