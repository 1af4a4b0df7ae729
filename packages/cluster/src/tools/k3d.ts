import { writeFile } from "node:fs/promises";
import type { Runner } from "../runner.ts";
import { type ClusterTool, isInstalled, runWithOutput, succeeded, type ToolCluster } from "./cluster-tool.ts";

/** k3d: k3s in containers of the Docker engine. */
export function createK3d(runner: Runner, { name, kubeconfig }: ToolCluster): ClusterTool {
  return {
    name: "k3d",
    overhead: { processors: 0.2, memoryBytes: 140 * 2 ** 20 },
    isInstalled: () => isInstalled(runner, "k3d", ["version"]),
    async state() {
      const list = await succeeded(runner, "k3d", ["cluster", "list", "--output", "json"]);
      const clusters = JSON.parse(list || "[]") as { name: string; serversRunning: number }[];
      const cluster = clusters.find((candidate) => candidate.name === name);
      if (cluster === undefined) return "missing";
      return cluster.serversRunning > 0 ? "running" : "stopped";
    },
    create: () =>
      runWithOutput(runner, "k3d", [
        ...["cluster", "create", name, "--wait", "--timeout", "5m"],
        ...["--kubeconfig-update-default=false", "--k3s-arg", "--disable=traefik@server:0"],
      ]),
    start: () => runWithOutput(runner, "k3d", ["cluster", "start", name, "--wait"]),
    async writeKubeconfig() {
      const content = await succeeded(runner, "k3d", ["kubeconfig", "get", name]);
      await writeFile(kubeconfig, content, { mode: 0o600 });
    },
    load: (images) => runWithOutput(runner, "k3d", ["image", "import", "--cluster", name, ...images]),
    delete: () => runWithOutput(runner, "k3d", ["cluster", "delete", name]),
  };
}
