import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { CommandFailedError, SecretsElsewhereError } from "./errors.ts";
import type { Kubectl } from "./kubectl.ts";
import type { KubernetesObject } from "./kubernetes-objects.ts";
import { platformNamespace } from "./namespace-record.ts";
import type { Runner } from "./runner.ts";

/** The exit code of `npm run secrets` when nothing is missing. */
const nothingMissing = 3;

/** A Secret of every installation: its presence says that the cluster has secrets. */
const everySecret = "eth-ethstats";

/**
 * Creates the secrets that the folder lacks.
 * @returns whether it has created some
 * @throws SecretsElsewhereError when the cluster has secrets of another folder
 */
export async function makeSecrets(
  { runner, kubectl, root }: { runner: Runner; kubectl: Kubectl; root: string },
  folder: string,
): Promise<boolean> {
  if (!existsSync(join(folder, "kubernetes"))) {
    const secret = ["--namespace", platformNamespace, "secret", everySecret];
    if ((await kubectl.list(secret)).length > 0) throw new SecretsElsewhereError(folder);
  }
  const program = join(root, "packages", "secrets", "dist", "main.cjs");
  const { code, stderr } = await runner.run(process.execPath, [program, "--out", folder]);
  if (code !== 0 && code !== nothingMissing)
    throw new CommandFailedError({ command: "npm run secrets", reason: stderr.trim() });
  return code === 0;
}

/** Applied always: what every overlay needs, and the secrets of functions. */
const common = "kubernetes";

/**
 * The folders of manifests that belong to an overlay: `kubernetes`, and of those beside it each one with a Secret that
 * the overlay's pods use. `kubernetes-gateway` is none where OpenFaaS's chart makes the same Secret itself.
 */
export function secretFolders(folder: string, objects: readonly KubernetesObject[]): string[] {
  const used = new Set(
    objects.flatMap((object) => secretNames(object).map((name) => `${object.metadata.namespace} ${name}`)),
  );
  const isUsed = (name: string) => secretsIn(join(folder, name)).some((secret) => used.has(secret));
  return readdirSync(folder)
    .filter((name) => name === common || (name.startsWith(`${common}-`) && isUsed(name)))
    .sort()
    .map((name) => join(folder, name));
}

/** The names of the Secrets that an object refers to, in its volumes and its environment. */
function secretNames(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => {
    if (key === "secretName" && typeof part === "string") return [part];
    const isReference = ["secretKeyRef", "secretRef", "secret"].includes(key);
    const { name } = (part ?? {}) as { name?: unknown };
    return isReference && typeof name === "string" ? [name] : secretNames(part);
  });
}

/** The Secrets of a folder, with their namespaces. */
function secretsIn(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .flatMap((name) => parseAllDocuments(readFileSync(join(folder, name), "utf8")))
    .map((document) => document.toJS() as KubernetesObject)
    .map(({ metadata }) => `${metadata.namespace} ${metadata.name}`);
}
