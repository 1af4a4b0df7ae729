import { toHost } from "@platform/shared/clients/peer-error";
import type { KubernetesClient } from "@platform/shared/kubernetes/kubernetes-client";
import type { Logger } from "@platform/shared/log/logger";
import type { ClusterConfig } from "../config.ts";
import { ClusterNamespaces } from "./cluster-namespaces.ts";
import { ClusterProvider } from "./cluster-provider.ts";
import { ClusterSecrets } from "./cluster-secrets.ts";
import { ObjectStore } from "./object-store.ts";

/** Options of createProvider. */
export interface CreateProviderOptions {
  client: KubernetesClient;
  config: Pick<ClusterConfig, "KUBERNETES_URL" | "NAMESPACE">;
  /** The namespaces of the settings. */
  namespaces: readonly string[];
  /** The called names of all functions, for error messages. */
  names(): Iterable<string>;
  /** Called with all namespaces of functions after each listing. */
  namespacesListed(names: readonly string[]): void;
  log: Logger;
}

/** Creates the provider of a cluster: functions, secrets and namespaces. */
export function createProvider(options: CreateProviderOptions): ClusterProvider {
  const { client, config, namespaces: fixed, names, namespacesListed: listed, log } = options;
  const store = new ObjectStore({ client, host: toHost(config.KUBERNETES_URL), log });
  const secrets = new ClusterSecrets(store);
  const namespaces = new ClusterNamespaces({ store, fixed, gatewayNamespace: config.NAMESPACE, listed });
  return new ClusterProvider({ store, secrets, namespaces, names });
}
