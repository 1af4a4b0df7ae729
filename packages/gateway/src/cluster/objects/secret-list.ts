import type { KubernetesObject } from "./kubernetes-object.ts";
import { owner, ownerLabel } from "./owner.ts";

/** The ConfigMap with the names of a namespace's secrets and the times of their creation. */
export const secretListName = "function-secrets";

/** The ConfigMap as the gateway creates it in a new namespace. */
export function secretList(namespace: string): KubernetesObject {
  const metadata = { name: secretListName, namespace, labels: { [ownerLabel]: owner } };
  return { apiVersion: "v1", kind: "ConfigMap", metadata };
}
