import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { root } from "../repo.ts";
import type { KubernetesObject } from "./kubernetes.ts";

/** The kinds of a function's objects. */
export const functionKinds = [
  "Deployment",
  "Service",
  "HorizontalPodAutoscaler",
  "PodDisruptionBudget",
] as const;

/** The owner label of the gateway. */
export const ownerLabel = { "app.kubernetes.io/managed-by": "gateway" };

// biome-ignore lint/suspicious/noExplicitAny: parts of specs, each with its own shape
type Part = Record<string, any>;

const manifests = parseAllDocuments(
  readFileSync(join(root, "deploy", "components", "functions", "functions.yaml"), "utf8"),
).map((document) => document.toJS() as KubernetesObject);

/** Returns an object of function `greet` as the gateway deploys it: that of `sentiment` in the manifests, with the owner label. */
export function functionObject(kind: string, change?: (object: KubernetesObject) => void) {
  const object = manifests.find(
    (candidate) => candidate.kind === kind && candidate.metadata.name === "sentiment",
  );
  const copy: KubernetesObject = JSON.parse(JSON.stringify(object).replaceAll('"sentiment"', '"greet"'));
  delete copy.metadata.namespace;
  copy.metadata.labels = { ...copy.metadata.labels, ...ownerLabel };
  change?.(copy);
  return copy;
}

/** Like {@link functionObject}, with other fields in its spec. Fields with the value undefined are removed. */
export function withSpec(kind: string, fields: Part) {
  return functionObject(kind, ({ spec }) => void Object.assign(spec, fields));
}

/** The Deployment with other fields in the spec of its pods. */
export function withPod(fields: Part | ((pod: Part) => Part)) {
  return functionObject("Deployment", ({ spec: { template } }) => {
    Object.assign(template.spec, typeof fields === "function" ? fields(template.spec) : fields);
  });
}

/** The Deployment with other fields in its container. */
export function withContainer(fields: Part | ((container: Part) => Part)) {
  return withPod(({ containers: [container] }) => ({
    containers: [{ ...container, ...(typeof fields === "function" ? fields(container) : fields) }],
  }));
}

/** The Deployment with other fields in the security context of its pods. */
export function withSecurity(fields: Part) {
  return withPod(({ securityContext }) => ({ securityContext: { ...securityContext, ...fields } }));
}

/** The Deployment with other fields in the security context of its container. */
export function withContainerSecurity(fields: Part) {
  return withContainer(({ securityContext }) => ({ securityContext: { ...securityContext, ...fields } }));
}

/** The Deployment with another volume. */
export function withVolume(source: Part) {
  return withPod(({ volumes }) => ({ volumes: [...volumes, { name: "more", ...source }] }));
}

/** A secret of a function as the gateway creates it, with other fields. */
export function functionSecret(fields: Part = {}): KubernetesObject {
  const metadata = { name: "function-greet", labels: ownerLabel };
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata,
    type: "Opaque",
    stringData: { greet: "1" },
    ...fields,
  };
}

/** The object without the owner label, like an object of kubectl. */
export function withoutOwner(object: KubernetesObject): KubernetesObject {
  const { "app.kubernetes.io/managed-by": _, ...labels } = object.metadata.labels ?? {};
  return { ...object, metadata: { ...object.metadata, labels } };
}

/** The object under the name of another function. */
export function withName(object: KubernetesObject, name: string): KubernetesObject {
  return JSON.parse(JSON.stringify(object).replaceAll("greet", name));
}
