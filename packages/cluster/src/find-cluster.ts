import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { chooseTool } from "./choose-tool.ts";
import type { ClusterConfig } from "./config.ts";
import { loaderProgram } from "./images.ts";
import { createKubectl, type Kubectl } from "./kubectl.ts";
import { type ClusterOptions, toolNames } from "./options.ts";
import type { Runner } from "./runner.ts";
import type { ClusterSize, ClusterTool } from "./tools/cluster-tool.ts";
import { createTool } from "./tools/create-tool.ts";

/** The name of the cluster that `up` creates. */
export const clusterName = "serverless-data-platform";

/** The cluster that a command works on. */
export interface Cluster {
  /** For messages, such as `The cluster serverless-data-platform of kind`. */
  title: string;
  kubectl: Kubectl;
  /** Loads images into the cluster; undefined without a loader. */
  load?: (images: readonly string[]) => Promise<void>;
  /** The tool of a cluster that `up` creates; undefined for an existing cluster. */
  own?: { tool: ClusterTool; state: "missing" | "stopped" | "running"; kubeconfig: string };
}

/** Whether options and settings select a cluster of the command's own. */
export function selectsOwnCluster(
  { context, tool }: Pick<ClusterOptions, "context" | "tool">,
  { KUBECONFIG: kubeconfig, CLUSTER_LOAD: program }: ClusterConfig,
): boolean {
  return context === undefined && (tool !== undefined || kubeconfig === undefined || program === undefined);
}

/** The folder of the command's state files. */
export function stateFolder(root: string): string {
  return join(root, ".cluster");
}

/**
 * Returns the cluster that options and settings select. An existing cluster must be named; the default is the command's own cluster.
 * @throws ProgramsMissingError when no cluster exists and no tool is installed
 */
export async function findCluster(
  runner: Runner,
  root: string,
  options: Pick<ClusterOptions, "context" | "tool">,
  config: ClusterConfig,
): Promise<Cluster> {
  if (selectsOwnCluster(options, config)) return openOwnCluster(runner, root, options.tool);
  const { context } = options;
  const { KUBECONFIG: kubeconfig, CLUSTER_LOAD: program } = config;
  if (context !== undefined) {
    const load =
      program === undefined ? await findContextLoader(runner, context) : loaderProgram(runner, program);
    const kubectl = createKubectl(runner, ["--context", context]);
    return {
      title: `The cluster of the context ${context}`,
      kubectl,
      ...(load === undefined ? {} : { load }),
    };
  }
  // kubectl reads KUBECONFIG itself; it may name several files.
  return {
    title: `The cluster of ${kubeconfig}`,
    kubectl: createKubectl(runner, []),
    load: loaderProgram(runner, program!),
  };
}

async function openOwnCluster(
  runner: Runner,
  root: string,
  preferred: ClusterOptions["tool"],
): Promise<Cluster> {
  const kubeconfig = join(stateFolder(root), "kubeconfig");
  const tools = toolNames.map((name) => createTool(name, runner, { name: clusterName, kubeconfig }));
  const { tool, state } = await chooseTool(tools, preferred);
  return {
    title: `The cluster ${clusterName} of ${tool.name}`,
    kubectl: createKubectl(runner, ["--kubeconfig", kubeconfig]),
    load: (images) => tool.load(images),
    own: { tool, state, kubeconfig },
  };
}

/** Starts or creates the command's own cluster unless it is running, and writes its kubeconfig. */
export async function startOwnCluster(
  { tool, state, kubeconfig }: NonNullable<Cluster["own"]>,
  size: ClusterSize,
): Promise<void> {
  await mkdir(dirname(kubeconfig), { recursive: true, mode: 0o700 });
  if (state === "missing") await tool.create(size);
  if (state === "stopped") await tool.start();
  await tool.writeKubeconfig();
}

/** Contexts of kind and k3d have a prefix; a context of minikube is the name of its profile. */
async function findContextLoader(runner: Runner, context: string): Promise<Cluster["load"]> {
  const [, prefix, name = context] = /^(kind|k3d)-(.+)$/.exec(context) ?? [];
  const names = prefix === undefined ? (["minikube"] as const) : ([prefix as "kind" | "k3d"] as const);
  const tool = createTool(names[0], runner, { name, kubeconfig: "" });
  if (!(await tool.isInstalled()) || (await tool.state()) === "missing") return undefined;
  return (images) => tool.load(images);
}
