import { join, resolve } from "node:path";
import type { CommandContext } from "./command-context.ts";
import { CommandFailedError } from "./errors.ts";
import type { Kubectl } from "./kubectl.ts";
import type { KubernetesObject } from "./kubernetes-objects.ts";
import { type NamespaceRecord, writeRecord } from "./namespace-record.ts";
import { findWorkloads, type Overlay } from "./overlay.ts";
import { makeSecrets, secretFolders } from "./secrets.ts";
import { workloadName } from "./workloads.ts";

/** The state of the cluster beside the overlay. */
export interface Applied {
  /** The record of earlier runs. */
  record: NamespaceRecord;
  /** The ids of the loaded images, by name. */
  images: Readonly<Record<string, string>>;
}

/** Creates missing secrets, then applies namespace, secrets and overlay. deploy/README.md describes the same steps by hand. */
export async function applyPlatform(
  context: CommandContext,
  kubectl: Kubectl,
  overlay: Overlay,
  { record, images }: Applied,
): Promise<void> {
  const { root, options, say } = context;
  const secrets = resolve(root, options.secrets);
  const isNew = await makeSecrets({ ...context, kubectl }, secrets);
  say(`Secrets: ${isNew ? "made" : "kept"}, in ${options.secrets}`);

  await kubectl.run(["apply", "--kustomize", join(root, "deploy", "base", "namespace")]);
  const objects = [
    ...new Set([...record.objects, ...(await missingClusterObjects(kubectl, overlay.objects))]),
  ];
  await writeRecord(kubectl, { ...record, objects });
  for (const folder of secretFolders(secrets, overlay.objects))
    await kubectl.run(["apply", "--filename", folder]);
  say(`Overlay ${overlay.name}: ${await applyOverlay(kubectl, overlay)}`);

  const changed = Object.keys(images).filter(
    (image) => record.images[image] !== undefined && record.images[image] !== images[image],
  );
  for (const workload of findWorkloads(overlay.objects, changed)) {
    const name = workloadName(workload);
    say(`Restarting ${name}: its image has changed`);
    await kubectl.run(["--namespace", workload.metadata.namespace!, "rollout", "restart", name]);
  }
  await writeRecord(kubectl, { ...record, objects, images: { ...record.images, ...images } });
}

/** @returns the numbers of created and changed objects, in words */
async function applyOverlay(kubectl: Kubectl, overlay: Overlay): Promise<string> {
  const args = ["apply", "--kustomize", overlay.folder, ...overlay.selector];
  const output = await kubectl.run(args).catch(async (error: unknown) => {
    const jobs = immutableJobs(error);
    if (jobs.length === 0) throw error;
    // The template of a Job is immutable, so the Job of an earlier version is deleted first.
    for (const { name, namespace } of jobs)
      await kubectl.run(["--namespace", namespace, "delete", "job", name]);
    return kubectl.run(args);
  });
  return appliedText(output);

  function immutableJobs(error: unknown) {
    if (!(error instanceof CommandFailedError) || !error.stderr.includes("immutable")) return [];
    const names = [...error.stderr.matchAll(/Job(?:\.batch)? "([\w.-]+)" is invalid/g)].map(
      ([, name]) => name,
    );
    const jobs = overlay.objects.filter(
      ({ kind, metadata }) => kind === "Job" && names.includes(metadata.name),
    );
    return jobs.map(({ metadata: { name, namespace = "default" } }) => ({ name, namespace }));
  }
}

/** Summarizes the output of kubectl apply, such as `54 objects, 3 created, 1 changed`. */
export function appliedText(output: string): string {
  const lines = output.split("\n").filter((line) => /^\S+\/\S+ \w+/.test(line));
  const count = (word: string) => lines.filter((line) => line.split(" ")[1] === word).length;
  const parts = [`${lines.length} objects`];
  if (count("created") > 0) parts.push(`${count("created")} created`);
  if (count("configured") > 0) parts.push(`${count("configured")} changed`);
  return parts.join(", ");
}

/** The cluster-scoped objects that the cluster lacks, as arguments of `kubectl delete`. */
async function missingClusterObjects(
  kubectl: Kubectl,
  objects: readonly KubernetesObject[],
): Promise<string[]> {
  const global = objects.filter(
    ({ kind, metadata }) => metadata.namespace === undefined && kind !== "Namespace",
  );
  if (global.length === 0) return [];
  const names = global.map(objectName);
  const existing = (await kubectl.list(names)).map(objectName);
  return names.filter((name) => !existing.includes(name));
}

function objectName({ kind, apiVersion = "v1", metadata }: KubernetesObject): string {
  const group = apiVersion.includes("/") ? `.${apiVersion.split("/")[0]}` : "";
  return `${kind.toLowerCase()}${group}/${metadata.name}`;
}
