import { type MissingProgram, ProgramsMissingError } from "./errors.ts";
import { type ToolName, toolNames } from "./options.ts";
import type { Runner } from "./runner.ts";
import type { ClusterTool } from "./tools/cluster-tool.ts";

/**
 * Returns the tool that has the cluster already, else the first installed tool.
 * @param preferred considers this tool only
 * @throws ProgramsMissingError when none is installed
 */
export async function chooseTool(
  tools: readonly ClusterTool[],
  preferred?: ToolName,
): Promise<{ tool: ClusterTool; state: "missing" | "stopped" | "running" }> {
  let first: ClusterTool | undefined;
  for (const tool of tools) {
    if (preferred !== undefined && tool.name !== preferred) continue;
    if (!(await tool.isInstalled())) continue;
    const state = await tool.state();
    if (state !== "missing") return { tool, state };
    first ??= tool;
  }
  if (first === undefined) throw new ProgramsMissingError([missingTool(preferred)]);
  return { tool: first, state: "missing" };
}

const pages: Record<ToolName, string> = {
  kind: "https://kind.sigs.k8s.io/docs/user/quick-start/#installation",
  k3d: "https://k3d.io/#installation",
  minikube: "https://minikube.sigs.k8s.io/docs/start/",
};

/** Describes the missing tool. */
function missingTool(preferred?: ToolName): MissingProgram {
  if (preferred !== undefined)
    return { name: preferred, advice: `creates the cluster (${pages[preferred]})` };
  return {
    name: toolNames.join(", "),
    advice: `any of these creates the cluster; kind is the smallest (${pages.kind}). --context NAME selects an existing cluster`,
  };
}

/** Returns the missing tool, or an empty list when one is installed. */
export async function missingTools(runner: Runner, preferred?: ToolName): Promise<MissingProgram[]> {
  for (const name of preferred === undefined ? toolNames : [preferred])
    if ((await runner.run(name, ["version"])).code === 0) return [];
  return [missingTool(preferred)];
}
