import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseAllDocuments } from "yaml";
import { OverlayError } from "./errors.ts";
import type { KubernetesObject, PodSpec, Workload } from "./kubernetes-objects.ts";
import type { Runner } from "./runner.ts";

/** Manifests that `kubectl apply -k` applies. */
export interface Overlay {
  /** The name on the command line. */
  name: string;
  folder: string;
  /** The objects, without the excluded apps. */
  objects: readonly KubernetesObject[];
  /** Options of `kubectl apply` that exclude the same apps. */
  selector: readonly string[];
}

/**
 * Renders an overlay.
 * @param without excluded apps
 * @throws OverlayError
 */
export async function readOverlay(
  runner: Runner,
  { root, name, without }: { root: string; name: string; without: readonly string[] },
): Promise<Overlay> {
  const overlays = join(root, "deploy", "overlays");
  const folder = /[./]/.test(name) ? resolve(root, name) : join(overlays, name);
  if (!existsSync(join(folder, "kustomization.yaml"))) {
    const names = readdirSync(overlays).filter((entry) =>
      existsSync(join(overlays, entry, "kustomization.yaml")),
    );
    throw new OverlayError({
      overlay: name,
      reason: `not found; deploy/overlays has ${names.join(", ")}.`,
    });
  }
  const { code, stdout, stderr } = await runner.run("kubectl", ["kustomize", folder]);
  if (code !== 0) throw new OverlayError({ overlay: name, reason: stderr.trim() });
  const objects = parseAllDocuments(stdout).map((document) => document.toJS() as KubernetesObject);
  const missing = without.find((app) => !objects.some(({ metadata }) => metadata.labels?.app === app));
  if (missing !== undefined)
    throw new OverlayError({ overlay: name, reason: `no object has the label app=${missing} (--without).` });
  return {
    name,
    folder,
    objects: objects.filter(({ metadata }) => !without.includes(metadata.labels?.app ?? "")),
    selector: without.length === 0 ? [] : ["--selector", `app notin (${without.join()})`],
  };
}

/** Lists the namespaces of an overlay's objects. */
export function listNamespaces(objects: readonly KubernetesObject[]): string[] {
  return [...new Set(objects.flatMap(({ metadata }) => metadata.namespace ?? []))];
}

/** Lists the images of an overlay's pods. */
export function listImages(objects: readonly KubernetesObject[]): string[] {
  return [...new Set(objects.flatMap(podSpecs).flatMap(listPodImages))];
}

/** Returns the Deployments and StatefulSets that use one of the images. */
export function findWorkloads(objects: readonly KubernetesObject[], images: readonly string[]): Workload[] {
  const restartable = objects.filter(({ kind }) =>
    ["Deployment", "StatefulSet"].includes(kind),
  ) as Workload[];
  return restartable.filter(({ spec }) =>
    listPodImages(spec.template.spec).some((image) => images.includes(image)),
  );
}

/** Whether faas-cli deploys the functions later: the overlay has a gateway, but no function. */
export function hasFunctionsLater(objects: readonly KubernetesObject[]): boolean {
  const deployments = objects.filter(({ kind }) => kind === "Deployment");
  return (
    deployments.some(({ metadata }) => metadata.name === "gateway") &&
    !deployments.some(({ metadata }) => metadata.labels?.faas_function !== undefined)
  );
}

function listPodImages({ containers, initContainers = [] }: PodSpec): string[] {
  return [...initContainers, ...containers].map(({ image }) => image);
}

function podSpecs(object: KubernetesObject): PodSpec[] {
  const { spec } = object as Partial<Workload> & { spec?: { jobTemplate?: { spec: Workload["spec"] } } };
  const template = spec?.jobTemplate?.spec.template ?? spec?.template;
  return template === undefined ? [] : [template.spec];
}
