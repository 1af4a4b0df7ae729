import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseAllDocuments } from "yaml";
import { CommandFailedError, SecretsElsewhereError } from "./errors.ts";
import type { Kubectl } from "./kubectl.ts";
import type { KubernetesObject } from "./kubernetes-objects.ts";
import { platformNamespace } from "./namespace-record.ts";
import type { Runner } from "./runner.ts";

/** The exit code of `npm run secrets` when all secrets exist. */
const nothingMissing = 3;

/** Every installation has this Secret; its presence shows that the cluster has secrets. */
const everySecret = "eth-ethstats";

/**
 * Creates the secrets that the folder lacks.
 * @returns whether it created any
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

/** This folder is always applied: it has the secrets of functions and those that every overlay needs. */
const common = "kubernetes";

/**
 * Returns the folders of manifests for an overlay: `kubernetes`, and each sibling folder with a Secret that the overlay's pods use.
 * `kubernetes-gateway` is left out where OpenFaaS's chart creates the same Secret.
 */
export function secretFolders(folder: string, objects: readonly KubernetesObject[]): string[] {
  const used = new Set(
    objects.flatMap((object) => secretNames(object).map((name) => `${object.metadata.namespace} ${name}`)),
  );
  const isUsed = (name: string) => listSecrets(join(folder, name)).some((secret) => used.has(secret));
  return readdirSync(folder)
    .filter((name) => name === common || (name.startsWith(`${common}-`) && isUsed(name)))
    .sort()
    .map((name) => join(folder, name));
}

/** Lists the names of the Secrets that an object uses in volumes and environment. */
function secretNames(value: unknown): string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => {
    if (key === "secretName" && typeof part === "string") return [part];
    const isReference = ["secretKeyRef", "secretRef", "secret"].includes(key);
    const { name } = (part ?? {}) as { name?: unknown };
    return isReference && typeof name === "string" ? [name] : secretNames(part);
  });
}

/** Lists the Secrets of a folder as `NAMESPACE NAME`. */
function listSecrets(folder: string): string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith(".yaml"))
    .flatMap((name) => parseAllDocuments(readFileSync(join(folder, name), "utf8")))
    .map((document) => document.toJS() as KubernetesObject)
    .map(({ metadata }) => `${metadata.namespace} ${metadata.name}`);
}
