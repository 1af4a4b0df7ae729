import { spawnSync } from "node:child_process";
import { parseAllDocuments } from "yaml";
import { run } from "../process/command.ts";
import { succeeds, waitFor } from "../wait-for.ts";

/** Is there a kubectl, and a cluster or API server that answers it (KUBECONFIG)? */
export function hasKubernetes(): boolean {
  if (!process.env.KUBECONFIG) return false;
  return spawnSync("kubectl", ["get", "--raw", "/readyz", "--request-timeout=5s"]).status === 0;
}

const patience = 240_000;

/** Runs kubectl; resolves with what it printed, rejects with its complaint, and when it takes 4 minutes. */
export async function kubectl(args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await run("kubectl", args, { timeout: patience });
  if (code !== 0) throw new Error(`kubectl ${args.join(" ")}: ${stderr.trim() || "no answer"}`);
  return stdout;
}

/** Waits until the API server serves the kinds of custom resource definitions, files with one each. */
export async function established(definitions: readonly string[]): Promise<void> {
  const files = definitions.flatMap((file) => ["-f", file]);
  // `kubectl wait` fails while a status is empty.
  await waitFor(
    "the custom resource definitions",
    () => succeeds(kubectl(["wait", "--for=condition=Established", ...files, "--timeout=20s"])),
    60_000,
  );
}

/** A Kubernetes object, as much of it as tests look at. */
export interface KubernetesObject {
  kind: string;
  metadata: { name: string; namespace?: string; labels?: Record<string, string> };
  // biome-ignore lint/suspicious/noExplicitAny: each kind has a shape of its own
  [part: string]: any;
}

/** The objects that a kustomization makes. */
export async function render(folder: string): Promise<KubernetesObject[]> {
  const yaml = await kubectl(["kustomize", folder]);
  return parseAllDocuments(yaml).map((document) => document.toJS() as KubernetesObject);
}
