import type { Runner } from "../runner.ts";
import { type ClusterTool, isInstalled, runWithOutput, succeeded, type ToolCluster } from "./cluster-tool.ts";

/** minikube: a cluster is a profile. minikube writes to the file of KUBECONFIG. */
export function createMinikube(runner: Runner, { name, kubeconfig }: ToolCluster): ClusterTool {
  const env = { KUBECONFIG: kubeconfig };
  const minikube = (...args: string[]) =>
    runWithOutput(runner, "minikube", [...args, "--profile", name], { env });
  return {
    name: "minikube",
    overhead: { processors: 0.75, memoryBytes: 250 * 2 ** 20 },
    isInstalled: () => isInstalled(runner, "minikube", ["version"]),
    async state() {
      // The command fails when no profile exists.
      const { stdout } = await runner.run("minikube", ["profile", "list", "--output", "json"]);
      const profiles = parseProfiles(stdout);
      const profile = profiles.find((candidate) => candidate.Name === name);
      if (profile === undefined) return "missing";
      return ["Running", "OK"].includes(profile.Status) ? "running" : "stopped";
    },
    async create({ processors, memoryMiB }) {
      await minikube("start", `--cpus=${processors}`, `--memory=${memoryMiB}m`);
      await minikube("addons", "enable", "metrics-server");
    },
    start: () => minikube("start"),
    async writeKubeconfig() {
      await succeeded(runner, "minikube", ["update-context", "--profile", name], { env });
    },
    async load(images) {
      for (const image of images) await minikube("image", "load", image);
    },
    delete: () => minikube("delete"),
  };
}

interface Profile {
  Name: string;
  Status: string;
}

function parseProfiles(json: string): Profile[] {
  try {
    return (JSON.parse(json) as { valid?: Profile[] | null }).valid ?? [];
  } catch {
    return [];
  }
}
