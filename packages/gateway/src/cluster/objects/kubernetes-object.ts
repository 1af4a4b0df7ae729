/** The common fields of all Kubernetes objects. */
export interface KubernetesObject {
  apiVersion: string;
  kind: string;
  metadata: {
    name: string;
    namespace?: string;
    labels?: Readonly<Record<string, string>>;
    annotations?: Readonly<Record<string, string>>;
  };
  spec?: object;
  [field: string]: unknown;
}

const collections: Readonly<Record<string, string>> = {
  ConfigMap: "configmaps",
  Deployment: "deployments",
  HorizontalPodAutoscaler: "horizontalpodautoscalers",
  Namespace: "namespaces",
  PodDisruptionBudget: "poddisruptionbudgets",
  RoleBinding: "rolebindings",
  Secret: "secrets",
  Service: "services",
};

/** The path of the collection that an object belongs to, in the Kubernetes API. */
export function collectionPath({ apiVersion, kind, metadata }: KubernetesObject): string {
  const api = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const scope = metadata.namespace === undefined ? "" : `/namespaces/${metadata.namespace}`;
  return `${api}${scope}/${collections[kind]}`;
}

/** The path of an object in the Kubernetes API. */
export function objectPath(object: KubernetesObject): string {
  return `${collectionPath(object)}/${object.metadata.name}`;
}
