import type { ToolName } from "../options.ts";
import type { Runner } from "../runner.ts";
import type { ClusterTool, ToolCluster } from "./cluster-tool.ts";
import { createK3d } from "./k3d.ts";
import { createKind } from "./kind.ts";
import { createMinikube } from "./minikube.ts";

const factories: Record<ToolName, (runner: Runner, cluster: ToolCluster) => ClusterTool> = {
  kind: createKind,
  k3d: createK3d,
  minikube: createMinikube,
};

/** Creates a tool by its name. */
export function createTool(name: ToolName, runner: Runner, cluster: ToolCluster): ClusterTool {
  return factories[name](runner, cluster);
}
