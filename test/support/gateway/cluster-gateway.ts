import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type StartedListener, startListener } from "../http/listener.ts";
import { type StartedService, startService } from "../process/service.ts";
import { FakeKubernetesApi } from "./fake-kubernetes-api.ts";

const namespace = "functions";
const deployments = `/apis/apps/v1/namespaces/${namespace}/deployments`;
const pods = `/api/v1/namespaces/${namespace}/pods`;
const slices = `/apis/discovery.k8s.io/v1/namespaces/${namespace}/endpointslices`;

/** Options of a fake function. */
interface FakeDeployment {
  replicas?: number;
  annotations?: Readonly<Record<string, string>>;
}

/** A fake API server of Kubernetes with one function, whose pods are servers on loopback. */
export class FakeCluster implements AsyncDisposable {
  /** The function's name. */
  readonly name = "echo";
  readonly api: FakeKubernetesApi;
  readonly #account = mkdtempSync(join(tmpdir(), "account-"));
  readonly #pods: StartedListener[] = [];

  constructor(api: FakeKubernetesApi) {
    this.api = api;
    for (const file of ["token", "ca.crt"]) writeFileSync(join(this.#account, file), "");
  }

  /** Environment with which a gateway finds the API server. */
  get env(): Readonly<Record<string, string>> {
    return { NAMESPACE: namespace, KUBERNETES_URL: this.api.url, SERVICE_ACCOUNT_DIR: this.#account };
  }

  /** Deploys or changes the function. */
  deploy(deployment: FakeDeployment = {}): void {
    this.api.set(deployments, toDeployment(this.name, deployment));
  }

  /** Sets the log of a pod, each line with its time. */
  setLog(pod: string, text: string): void {
    this.api.set(pods, { metadata: { name: pod }, spec: { containers: [{ name: this.name }] } });
    this.api.texts.set(`${pods}/${pod}/log`, text);
  }

  remove(): void {
    this.api.delete(deployments, this.name);
  }

  /** Starts a pod; it gets calls after `setReady` names its port. */
  async startPod(answer: RequestListener): Promise<StartedListener & { port: number }> {
    const pod = await startListener(answer);
    this.#pods.push(pod);
    return { ...pod, port: (pod.server.address() as AddressInfo).port };
  }

  /** Sets the ports of the ready and of the terminating pods. */
  setReady(ready: readonly number[], terminating: readonly number[] = []): void {
    const endpoints = [
      ...ready.map((port) => ({ port, conditions: { ready: true, serving: true, terminating: false } })),
      ...terminating.map((port) => ({
        port,
        conditions: { ready: false, serving: true, terminating: true },
      })),
    ];
    // In a cluster all pods have the same port. These share an address instead, so each has its own slice.
    for (let index = 0; index < maxPods; index++) {
      this.api.set(slices, toEndpointSlice(this.name, index, endpoints[index]));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.api[Symbol.asyncDispose]();
    await Promise.all(this.#pods.map((pod) => pod[Symbol.asyncDispose]()));
    rmSync(this.#account, { recursive: true });
  }
}

const maxPods = 4;

/** Starts a cluster with a function at zero, or with one pod if an answer is given. */
export async function startFakeCluster(answer?: RequestListener): Promise<FakeCluster> {
  const cluster = new FakeCluster(await FakeKubernetesApi.start());
  cluster.deploy({ replicas: answer === undefined ? 0 : 1 });
  cluster.setReady(answer === undefined ? [] : [(await cluster.startPod(answer)).port]);
  return cluster;
}

function toDeployment(name: string, { replicas = 1, annotations = {} }: FakeDeployment) {
  const labels = { faas_function: name };
  const environment = [{ name: "exec_timeout", value: "5s" }];
  const pod = {
    metadata: { labels, annotations },
    spec: { containers: [{ image: "fake/function:1.0.0", env: environment }] },
  };
  return {
    metadata: { name, namespace, labels, creationTimestamp: "2026-11-28T00:00:00Z" },
    spec: { replicas, template: pod },
    status: { availableReplicas: replicas },
  };
}

function toEndpointSlice(
  service: string,
  index: number,
  pod: { port: number; conditions: object } | undefined,
) {
  return {
    metadata: { name: `${service}-${index}`, namespace, labels: { "kubernetes.io/service-name": service } },
    addressType: "IPv4",
    endpoints: pod === undefined ? null : [{ addresses: ["127.0.0.1"], conditions: pod.conditions }],
    ports: [{ name: "http", port: pod?.port ?? 8080, protocol: "TCP" }],
  };
}

/** Starts the program of the gateway's image on a fake cluster. */
export function startClusterGateway(
  cluster: FakeCluster,
  env: Readonly<Record<string, string>> = {},
): Promise<StartedService> {
  return startService("gateway", { program: "cluster-main", env: { ...cluster.env, ...env } });
}
