import type { CommandContext } from "./command-context.ts";
import { TooSmallError } from "./errors.ts";
import type { Kubectl } from "./kubectl.ts";
import type { KubernetesObject, Node, Pod } from "./kubernetes-objects.ts";
import { namespacesOf } from "./overlay.ts";
import { describeResources, freeOf, type Resources, requestOf, shortagesOf } from "./resources.ts";
import { type ClusterTool, succeeded } from "./tools/cluster-tool.ts";

/**
 * Compares what an overlay requests with the Docker engine in which a tool would create a cluster.
 * @throws TooSmallError unless --force
 */
export async function checkDocker(
  context: CommandContext,
  tool: ClusterTool,
  objects: readonly KubernetesObject[],
): Promise<void> {
  const format = ["--format", "{{.NCPU}} {{.MemTotal}}"];
  const [processors = "", memory = ""] = (await succeeded(context.runner, "docker", ["info", ...format]))
    .trim()
    .split(" ");
  const { overhead } = tool;
  const free = {
    processors: Number(processors) - overhead.processors,
    memoryBytes: Number(memory) - overhead.memoryBytes,
  };
  judge(context, "The Docker engine", requestOf(objects), free);
}

/**
 * Compares what an overlay requests with what is free on the cluster's nodes.
 * @throws TooSmallError unless --force
 */
export async function checkNodes(
  context: CommandContext,
  kubectl: Kubectl,
  objects: readonly KubernetesObject[],
): Promise<void> {
  const nodes = await kubectl.list<Node>(["nodes"]);
  const pods = await kubectl.list<Pod>(["pods", "--all-namespaces"]);
  judge(context, "The cluster", requestOf(objects), freeOf(nodes, pods, namespacesOf(objects)));
}

function judge({ options, say }: CommandContext, place: string, requested: Resources, free: Resources): void {
  const shortages = shortagesOf(requested, free);
  if (shortages.length > 0) {
    if (!options.force) throw new TooSmallError({ place, shortages });
    say(`${place} is too small, and --force continues: ${shortages.join("; ")}`);
  } else say(`${place} has room: ${describeResources(requested)} of ${describeResources(free)}`);
}
