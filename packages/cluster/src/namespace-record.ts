import type { Kubectl } from "./kubectl.ts";
import type { KubernetesObject } from "./kubernetes-objects.ts";

/** The record of `up` in a cluster, stored as an annotation of the platform's namespace. */
export interface NamespaceRecord {
  /** Whether `up` has created the namespace. */
  isOurs: boolean;
  /** Cluster-scoped objects that `up` has created, as arguments of `kubectl delete`. */
  objects: readonly string[];
  /** The ids of the loaded images, by name. */
  images: Readonly<Record<string, string>>;
}

/** The platform's namespace. */
export const platformNamespace = "data";

const annotation = "serverless-data-platform/cluster";

/** Reads the record; undefined when the namespace does not exist. */
export async function readRecord(kubectl: Kubectl): Promise<NamespaceRecord | undefined> {
  const [namespace] = await kubectl.list<KubernetesObject>(["namespace", platformNamespace]);
  if (namespace === undefined) return undefined;
  const json = namespace.metadata.annotations?.[annotation];
  return { isOurs: false, objects: [], images: {}, ...(json === undefined ? {} : JSON.parse(json)) };
}

export async function writeRecord(kubectl: Kubectl, record: NamespaceRecord): Promise<void> {
  const value = `${annotation}=${JSON.stringify(record)}`;
  await kubectl.run(["annotate", "namespace", platformNamespace, "--overwrite", value]);
}
