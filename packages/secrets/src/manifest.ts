import { stringify } from "yaml";

/** A Kubernetes object that holds text by keys. */
export type Manifest = ReturnType<typeof secret> | ReturnType<typeof configMap>;

/** A Secret, in the namespace `data` unless another is named. `app` is the label that its users bear. */
export function secret(
  name: string,
  app: string,
  stringData: Readonly<Record<string, string>>,
  namespace = "data",
) {
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: metadata(name, app, namespace),
    type: "Opaque",
    stringData,
  };
}

/** A ConfigMap in the namespace `data`. */
export function configMap(name: string, app: string, data: Readonly<Record<string, string>>) {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: metadata(name, app, "data"), data };
}

/** Objects as one YAML file. */
export function toYaml(manifests: readonly Manifest[]): string {
  return manifests.map((manifest) => `---\n${stringify(manifest, { lineWidth: 0 })}`).join("");
}

function metadata(name: string, app: string, namespace: string) {
  return {
    name,
    namespace,
    labels: {
      app,
      "app.kubernetes.io/name": app,
      "app.kubernetes.io/part-of": "serverless-data-platform",
    },
  };
}
