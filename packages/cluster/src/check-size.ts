import type { CommandContext } from "./command-context.ts";
import { TooSmallError } from "./errors.ts";
import type { Kubectl } from "./kubectl.ts";
import type { KubernetesObject, Node, Pod } from "./kubernetes-objects.ts";
import { listNamespaces } from "./overlay.ts";
import {
  computeFreeResources,
  describeResources,
  listShortages,
  type Resources,
  sumRequests,
} from "./resources.ts";
import { type ClusterTool, succeeded } from "./tools/cluster-tool.ts";

/**
 * Compares the requests of an overlay with the capacity of the Docker engine, before a tool creates a cluster in it.
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
  judge(context, "The Docker engine", sumRequests(objects), free);
}

/**
 * Compares the requests of an overlay with the free capacity of the cluster's nodes.
 * @throws TooSmallError unless --force
 */
export async function checkNodes(
  context: CommandContext,
  kubectl: Kubectl,
  objects: readonly KubernetesObject[],
): Promise<void> {
  const nodes = await kubectl.list<Node>(["nodes"]);
  const pods = await kubectl.list<Pod>(["pods", "--all-namespaces"]);
  judge(
    context,
    "The cluster",
    sumRequests(objects),
    computeFreeResources(nodes, pods, listNamespaces(objects)),
  );
}

function judge(
  { options, say }: CommandContext,
  target: string,
  requested: Resources,
  free: Resources,
): void {
  const shortages = listShortages(requested, free);
  if (shortages.length > 0) {
    if (!options.force) throw new TooSmallError({ target, shortages });
    say(`${target} is too small, and --force continues: ${shortages.join("; ")}`);
  } else say(`${target} has room: ${describeResources(requested)} of ${describeResources(free)}`);
}
