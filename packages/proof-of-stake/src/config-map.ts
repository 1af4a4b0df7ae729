import { once } from "node:events";
import { readFile } from "node:fs/promises";
import type { IncomingMessage } from "node:http";
import https from "node:https";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { readServiceAccount } from "@platform/shared/kubernetes/service-account";

/** How a pod reaches the Kubernetes API: Kubernetes sets the host and port, and mounts the folder. */
export interface KubernetesApi {
  host: string;
  port: number;
  /** With the files token, ca.crt and namespace. */
  serviceAccount: string;
}

/** The API as the environment of a pod tells it. @throws Error outside of a pod */
export function apiOfPod(env: NodeJS.ProcessEnv): KubernetesApi {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port = "443" } = env;
  if (host === undefined)
    throw new Error("GENESIS_CONFIG_MAP needs a pod: KUBERNETES_SERVICE_HOST is not set");
  return { host, port: Number(port), serviceAccount: "/var/run/secrets/kubernetes.io/serviceaccount" };
}

/**
 * Creates an immutable ConfigMap with genesis.ssz in the pod's namespace.
 * @returns false when there is a ConfigMap of that name, which stays as it is
 */
export async function createGenesisConfigMap(
  { host, port, serviceAccount }: KubernetesApi,
  name: string,
  state: Uint8Array,
): Promise<boolean> {
  const { token, ca } = await readServiceAccount(serviceAccount);
  const namespace = await readFile(join(serviceAccount, "namespace"), "utf8");
  const request = https.request({
    host,
    port,
    ca,
    method: "POST",
    path: `/api/v1/namespaces/${namespace.trim()}/configmaps`,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    timeout: 30_000,
  });
  request.on("timeout", () => request.destroy(new Error("the Kubernetes API did not answer within 30 s")));
  request.end(
    JSON.stringify({
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name },
      immutable: true,
      binaryData: { "genesis.ssz": Buffer.from(state).toString("base64") },
    }),
  );
  const [response] = (await once(request, "response")) as [IncomingMessage];
  const answer = await text(response);
  if (response.statusCode === 201) return true;
  if (response.statusCode === 409) return false;
  throw new Error(
    `the Kubernetes API answered ${response.statusCode} to the ConfigMap: ${answer.slice(0, 300)}`,
  );
}
