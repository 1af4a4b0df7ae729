import type { Runner } from "../runner.ts";
import { type ClusterTool, isInstalled, runWithOutput, succeeded, type ToolCluster } from "./cluster-tool.ts";

/** kind: a node is a container of the Docker engine. */
export function createKind(runner: Runner, { name, kubeconfig }: ToolCluster): ClusterTool {
  const nodes = async () => {
    const names = await succeeded(runner, "kind", ["get", "nodes", "--name", name]);
    return names.split("\n").filter((node) => node !== "");
  };
  return {
    name: "kind",
    overhead: { processors: 0.95, memoryBytes: 290 * 2 ** 20 },
    isInstalled: () => isInstalled(runner, "kind", ["version"]),
    async state() {
      const { stdout } = await runner.run("kind", ["get", "clusters"]);
      if (!stdout.split("\n").includes(name)) return "missing";
      const format = ["--format", "{{.State.Running}}"];
      const running = await succeeded(runner, "docker", ["inspect", ...format, ...(await nodes())]);
      return running.includes("false") ? "stopped" : "running";
    },
    create: () =>
      runWithOutput(runner, "kind", [
        ...["create", "cluster", "--name", name],
        ...["--kubeconfig", kubeconfig, "--wait", "3m"],
      ]),
    // kind has no command that starts a stopped cluster.
    start: async () => runWithOutput(runner, "docker", ["start", ...(await nodes())]),
    async writeKubeconfig() {
      await succeeded(runner, "kind", ["export", "kubeconfig", "--name", name, "--kubeconfig", kubeconfig]);
    },
    load: (images) => runWithOutput(runner, "kind", ["load", "docker-image", "--name", name, ...images]),
    delete: () =>
      runWithOutput(runner, "kind", ["delete", "cluster", "--name", name, "--kubeconfig", kubeconfig]),
  };
}
