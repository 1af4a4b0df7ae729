import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KubernetesClient } from "@platform/shared/kubernetes/kubernetes-client";
import { createLogger } from "@platform/shared/log/logger";
import { FakeKubernetesApi } from "../../../../test/support/gateway/fake-kubernetes-api.ts";
import { waitFor } from "../../../../test/support/wait-for.ts";
import { FunctionCatalog } from "../http/function-catalog.ts";
import { deploymentsPath } from "./deployments.ts";
import { endpointSlicesPath } from "./endpoint-slices.ts";
import type { FunctionService } from "./function-service.ts";
import { watchFunctions } from "./watch-functions.ts";

function deployment(name: string, namespace: string, labels = {}) {
  const spec = { containers: [{ image: `${name}:1` }] };
  return {
    metadata: {
      name,
      namespace,
      labels: { faas_function: name },
      creationTimestamp: "2026-11-28T00:00:00Z",
    },
    spec: { replicas: 0, template: { metadata: { labels, annotations: {} }, spec } },
  };
}

const slice = (name: string, host: string, family = "IPv4") => ({
  metadata: { name: `${name}-${family}`, labels: { "kubernetes.io/service-name": name } },
  addressType: family,
  endpoints: [
    { addresses: [host], conditions: {} },
    { addresses: ["10.0.0.99"], conditions: { ready: true, terminating: true } },
    { addresses: ["10.0.0.98"], conditions: { ready: false } },
  ],
  ports: [
    { name: "metrics", port: 8081 },
    { name: "http", port: 8080 },
  ],
});

describe("watchFunctions", () => {
  const account = mkdtempSync(join(tmpdir(), "account-"));
  for (const file of ["token", "ca.crt"]) writeFileSync(join(account, file), "");
  let api: FakeKubernetesApi;
  let client: KubernetesClient;
  let functions: FunctionCatalog<FunctionService>;
  let watch: AsyncDisposable;
  const removed: string[] = [];

  beforeEach(async () => {
    api = await FakeKubernetesApi.start();
    client = new KubernetesClient({ url: api.url, account });
    functions = new FunctionCatalog<FunctionService>("first");
    for (const namespace of ["first", "second"]) {
      api.set(deploymentsPath(namespace), deployment("echo", namespace, { "com.openfaas.scale.min": "2" }));
    }
    let isListed = false;
    watch = watchFunctions({
      client,
      host: "kubernetes",
      namespaces: ["first", "second"],
      functions,
      readyTimeoutMs: 5_000,
      mayWake: true,
      log: createLogger("test", "silent"),
      listed() {
        isListed = true;
      },
      removed: (name) => removed.push(name),
    });
    await waitFor("the lists", () => isListed);
  });
  afterEach(async () => {
    await watch[Symbol.asyncDispose]();
    client[Symbol.dispose]();
    await api[Symbol.asyncDispose]();
  });
  afterAll(() => rmSync(account, { recursive: true }));

  it("knows the functions of all namespaces after the first list, and forgets removed ones", async () => {
    expect(functions.names().sort()).toEqual(["echo", "echo.second"]);
    api.delete(deploymentsPath("second"), "echo");
    await waitFor("the removal", () => functions.size === 1);
    expect(removed).toEqual(["echo.second"]);
  });

  it("routes calls to the ready pods of the function's Service, each listed once", async () => {
    api.set(endpointSlicesPath("first"), slice("echo", "fd00::1", "IPv6"));
    api.set(endpointSlicesPath("first"), slice("echo", "10.0.0.1"));
    api.set(endpointSlicesPath("second"), slice("other", "10.0.0.2"));
    const target = functions.find("echo");
    await waitFor("IPv4", async () => (await target.address(1_000))?.host === "10.0.0.1");
    for (let call = 0; call < 5; call++) {
      expect(await target.address(0)).toMatchObject({ host: "10.0.0.1", port: 8080 });
    }
    expect(await functions.find("echo.second").address(0)).toBeUndefined();
  });

  it("ends waiting calls of a removed function at once", async () => {
    api.set(endpointSlicesPath("first"), slice("echo", "10.0.0.1"));
    const target = functions.find("echo");
    await waitFor("the pod", async () => (await target.address(0)) !== undefined);
    api.delete(deploymentsPath("first"), "echo");
    await waitFor("the removal", () => functions.size === 1);
    expect(await target.address(60_000)).toBeUndefined();
  });

  it("wakes a function in its namespace to the replicas of its label, unless it changed", async () => {
    const waits = functions.find("echo.second").address(5_000);
    await waitFor("the wake-up", () => api.patches.length > 0);
    expect(api.patches).toEqual([
      {
        path: `${deploymentsPath("second")}/echo`,
        body: {
          metadata: { resourceVersion: expect.stringMatching(/^\d+$/) },
          spec: { replicas: 2 },
        },
      },
    ]);
    api.delete(deploymentsPath("second"), "echo");
    expect(await waits).toBeUndefined();
  });
});
