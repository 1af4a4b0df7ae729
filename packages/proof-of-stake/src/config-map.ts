import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { hostAndPort } from "@platform/shared/config/host-and-port";
import { KubernetesClient } from "@platform/shared/kubernetes/kubernetes-client";
import { isConflict } from "@platform/shared/kubernetes/kubernetes-error";

/** The Kubernetes API from within a pod: Kubernetes sets host and port, and mounts the folder. */
export interface KubernetesApi {
  host: string;
  port: number;
  /** The folder with the files token, ca.crt and namespace. */
  serviceAccount: string;
}

/** Reads the API's address from the environment of a pod. @throws Error outside of a pod */
export function readPodApi(env: NodeJS.ProcessEnv): KubernetesApi {
  const { KUBERNETES_SERVICE_HOST: host, KUBERNETES_SERVICE_PORT: port = "443" } = env;
  if (host === undefined)
    throw new Error("GENESIS_CONFIG_MAP needs a pod: KUBERNETES_SERVICE_HOST is not set");
  return { host, port: Number(port), serviceAccount: "/var/run/secrets/kubernetes.io/serviceaccount" };
}

/**
 * Creates an immutable ConfigMap with genesis.ssz in the pod's namespace.
 * @returns false when a ConfigMap of that name exists already
 */
export async function createGenesisConfigMap(
  { host, port, serviceAccount }: KubernetesApi,
  name: string,
  state: Uint8Array,
): Promise<boolean> {
  const namespace = await readFile(join(serviceAccount, "namespace"), "utf8");
  using client = new KubernetesClient({
    url: `https://${hostAndPort(host, port)}`,
    account: serviceAccount,
    setting: "KUBERNETES_SERVICE_HOST",
  });
  try {
    await client.create(`/api/v1/namespaces/${namespace.trim()}/configmaps`, {
      apiVersion: "v1",
      kind: "ConfigMap",
      metadata: { name },
      immutable: true,
      binaryData: { "genesis.ssz": Buffer.from(state).toString("base64") },
    });
    return true;
  } catch (error) {
    if (isConflict(error)) return false;
    throw error;
  }
}
