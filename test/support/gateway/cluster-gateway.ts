import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startListener } from "../http/listener.ts";
import { type StartedService, startService } from "../process/service.ts";

/** A fake API server of Kubernetes with one function, and the function's Service. */
export interface FakeCluster extends AsyncDisposable {
  /** The function's name. */
  name: string;
  /** What a gateway needs to find both. */
  env: Readonly<Record<string, string>>;
}

/** The port of every function's Service. */
const port = 8080;

/**
 * Starts both. A gateway calls NAME.NAMESPACE:8080, and no name server knows of one here; but 127.N is an address of
 * loopback, so the function is called 127 and its namespace N.
 */
export async function startFakeCluster(
  answer: RequestListener,
  namespace = String(1_000 + Math.floor(Math.random() * 16_000_000)),
): Promise<FakeCluster> {
  const name = "127";
  const service = createServer(answer).listen(port, `${name}.${namespace}`);
  await once(service, "listening");
  const api = await startListener((_request, response) => {
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify({ items: [deploymentOf(name)] }));
  });
  const account = mkdtempSync(join(tmpdir(), "account-"));
  for (const file of ["token", "ca.crt"]) writeFileSync(join(account, file), "");
  return {
    name,
    env: { NAMESPACE: namespace, KUBERNETES_URL: api.url, SERVICE_ACCOUNT_DIR: account, REFRESH: "500ms" },
    async [Symbol.asyncDispose]() {
      await api[Symbol.asyncDispose]();
      service.closeAllConnections();
      service.close();
      rmSync(account, { recursive: true });
    },
  };
}

function deploymentOf(name: string): object {
  const labels = { faas_function: name };
  const environment = [{ name: "exec_timeout", value: "5s" }];
  const pod = {
    metadata: { labels, annotations: {} },
    spec: { containers: [{ image: "fake/function:1.0.0", env: environment }] },
  };
  return {
    metadata: { labels, creationTimestamp: "2026-11-28T00:00:00Z" },
    spec: { replicas: 1, template: pod },
    status: { availableReplicas: 1 },
  };
}

/** Starts the program of the gateway's image on a fake cluster. */
export function startClusterGateway(
  cluster: FakeCluster,
  env: Readonly<Record<string, string>> = {},
): Promise<StartedService> {
  return startService("gateway", { program: "cluster-main", env: { ...cluster.env, ...env } });
}
