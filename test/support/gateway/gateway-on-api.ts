import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type HttpAnswer, httpCall } from "../http/http-call.ts";
import { kubectl } from "../kubernetes/kubernetes.ts";
import { type StartedService, startService } from "../process/service.ts";

/** The program of the gateway's image on a real API server, with the token of its service account. */
export interface StartedGatewayOnApi extends StartedService {
  /** Calls the gateway with a JSON body. */
  send(method: string, path: string, body: object): Promise<HttpAnswer>;
}

/** Starts it in a namespace that has the account `gateway`; its functions are in the same namespace. */
export async function startGatewayOnApi(
  namespace: string,
  env: Readonly<Record<string, string>> = {},
): Promise<StartedGatewayOnApi> {
  const account = mkdtempSync(join(tmpdir(), "account-"));
  const { server, ca } = await readCluster();
  writeFileSync(join(account, "token"), await kubectl(["-n", namespace, "create", "token", "gateway"]));
  writeFileSync(join(account, "ca.crt"), ca);
  const service = await startService("gateway", {
    program: "cluster-main",
    env: {
      NAMESPACE: namespace,
      KUBERNETES_URL: server,
      SERVICE_ACCOUNT_DIR: account,
      READ_ONLY: "false",
      ...env,
    },
  });
  return {
    ...service,
    send: (method, path, body) => httpCall(`${service.url}${path}`, { method, body: JSON.stringify(body) }),
    async [Symbol.asyncDispose]() {
      await service[Symbol.asyncDispose]();
      rmSync(account, { recursive: true });
    },
  };
}

/** Returns address and certificate authority of KUBECONFIG's API server. */
async function readCluster(): Promise<{ server: string; ca: string }> {
  const { clusters } = JSON.parse(
    await kubectl(["config", "view", "--raw", "--minify", "--flatten", "-o", "json"]),
  );
  const { server, "certificate-authority-data": ca = "" } = clusters[0].cluster;
  return { server, ca: Buffer.from(ca, "base64").toString() };
}
