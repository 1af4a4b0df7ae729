import { stringify } from "yaml";

/** A Secret or a ConfigMap. */
export type Manifest = ReturnType<typeof secret> | ReturnType<typeof configMap>;

/** Creates a Secret, by default in the namespace `data`. `app` is the app label of the pods that use it. */
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

/** Creates a ConfigMap in the namespace `data`. */
export function configMap(name: string, app: string, data: Readonly<Record<string, string>>) {
  return { apiVersion: "v1", kind: "ConfigMap", metadata: metadata(name, app, "data"), data };
}

/** Serialises objects to a YAML file. */
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
