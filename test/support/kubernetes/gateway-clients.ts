import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { type Agent, Agent as TlsAgent } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { KubernetesClient } from "@platform/shared/kubernetes/kubernetes-client";
import { forward } from "../http/forward.ts";
import { startListener } from "../http/listener.ts";
import { root } from "../repo.ts";
import { startGatewayAccount } from "./gateway-account.ts";
import { kubectl } from "./kubernetes.ts";

/** Clients with the rights of the gateway of overlays/provider. Disposing of it closes them and deletes the namespace. */
export interface GatewayClients extends AsyncDisposable {
  namespace: string;
  /** A separate client, whose connection to the API server can be cut. */
  openClient(): Promise<CuttableClient>;
}

/** A client behind a proxy. */
export interface CuttableClient {
  client: KubernetesClient;
  /** Makes the API server unreachable from now on. */
  cut(): void;
}

/** Creates a namespace with the gateway's account, on the cluster of KUBECONFIG. */
export async function startGatewayClients(namespace: string): Promise<GatewayClients> {
  const gateway = await startGatewayAccount(namespace, join(root, "deploy", "overlays", "provider"));
  const token = await kubectl(["-n", namespace, "create", "token", "gateway"]);
  const config = JSON.parse(
    await kubectl(["config", "view", "--raw", "--minify", "--flatten", "-o", "json"]),
  );
  const { server, "certificate-authority-data": authority } = config.clusters[0].cluster;
  const ca = Buffer.from(authority, "base64").toString();
  const folder = await mkdtemp(join(tmpdir(), "gateway-clients-"));
  await writeFile(join(folder, "token"), token);
  await writeFile(join(folder, "ca.crt"), ca);
  const agent = new TlsAgent({ keepAlive: true, ca });
  const clients: AsyncDisposable[] = [];
  return {
    namespace,
    async openClient() {
      const client = await openClient(server, folder, agent);
      clients.push(client);
      return client;
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(clients.map((client) => client[Symbol.asyncDispose]()));
      agent.destroy();
      await rm(folder, { recursive: true });
      await gateway[Symbol.asyncDispose]();
    },
  };
}

async function openClient(
  target: string,
  account: string,
  agent: Agent,
): Promise<CuttableClient & AsyncDisposable> {
  let isCut = false;
  const proxy = await startListener((request, response) => {
    if (isCut) response.destroy();
    else forward(request, response, { target, agent, headers: request.headers });
  });
  const client = new KubernetesClient({ url: proxy.url, account });
  return {
    client,
    cut() {
      isCut = true;
    },
    async [Symbol.asyncDispose]() {
      client[Symbol.dispose]();
      await proxy[Symbol.asyncDispose]();
    },
  };
}
