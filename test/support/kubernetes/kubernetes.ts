import { spawnSync } from "node:child_process";
import { parseAllDocuments } from "yaml";
import { run, succeed } from "../process/command.ts";
import { succeeds, waitFor } from "../wait-for.ts";

/** Whether there is a kubectl, and a cluster or API server that answers it (KUBECONFIG). */
export function hasKubernetes(): boolean {
  if (!process.env.KUBECONFIG) return false;
  return spawnSync("kubectl", ["get", "--raw", "/readyz", "--request-timeout=5s"]).status === 0;
}

const timeoutMs = 240_000;

/** Runs kubectl. Resolves with its output. Rejects with its error output, or after 4 minutes. */
export async function kubectl(args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await run("kubectl", args, { timeout: timeoutMs });
  if (code !== 0) throw new Error(`kubectl ${args.join(" ")}: ${stderr.trim() || "no answer"}`);
  return stdout;
}

/** Applies objects, as JSON: in YAML 1.1, which kubectl reads, an annotation `on` is a boolean. */
export async function applyObjects(items: readonly object[], options: readonly string[] = []): Promise<void> {
  const input = JSON.stringify({ apiVersion: "v1", kind: "List", items });
  await succeed("kubectl", ["apply", "-f", "-", ...options], { input });
}

/** Waits until the API server serves the kinds of custom resource definitions, given as files with one definition each. */
export async function awaitDefinitions(definitions: readonly string[]): Promise<void> {
  const files = definitions.flatMap((file) => ["-f", file]);
  // `kubectl wait` fails while a status is empty.
  await waitFor(
    "the custom resource definitions",
    () => succeeds(kubectl(["wait", "--for=condition=Established", ...files, "--timeout=20s"])),
    60_000,
  );
}

/** The fields of a Kubernetes object that tests use. */
export interface KubernetesObject {
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string> };
  // biome-ignore lint/suspicious/noExplicitAny: each kind has its own shape
  [part: string]: any;
}

/** Returns the objects of a kustomization. */
export async function render(folder: string): Promise<KubernetesObject[]> {
  const yaml = await kubectl(["kustomize", folder]);
  return parseAllDocuments(yaml).map((document) => document.toJS() as KubernetesObject);
}
