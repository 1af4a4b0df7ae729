import type { Kubectl } from "./kubectl.ts";
import type { KubernetesObject } from "./kubernetes-objects.ts";

/** What `up` has done in a cluster; an annotation of the platform's namespace keeps it. */
export interface NamespaceRecord {
  /** Whether `up` has created the namespace. */
  isOurs: boolean;
  /** Objects outside of namespaces that `up` has created, as `kubectl delete` takes them. */
  objects: readonly string[];
  /** The ids of the images that were loaded, by their names. */
  images: Readonly<Record<string, string>>;
}

/** The platform's namespace. */
export const platformNamespace = "data";

const annotation = "serverless-data-platform/cluster";

/** The record of the namespace; undefined when the namespace does not exist. */
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
