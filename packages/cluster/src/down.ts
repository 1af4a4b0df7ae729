import { rm } from "node:fs/promises";
import { createInterface } from "node:readline/promises";
import type { CommandContext } from "./command-context.ts";
import { ClusterMissingError, NotConfirmedError } from "./errors.ts";
import { type Cluster, clusterName, findCluster, stateFolder } from "./find-cluster.ts";
import { readForwards } from "./forwards-file.ts";
import type { Kubectl } from "./kubectl.ts";
import { platformNamespace, readRecord } from "./namespace-record.ts";
import { serverVersion } from "./server-version.ts";

/** `npm run cluster -- down`: deletes the cluster or the objects that `up` has created. */
export async function down(context: CommandContext): Promise<void> {
  const { runner, root, options, config, say } = context;
  const cluster = await findCluster(runner, root, options, config);
  if (cluster.own === undefined) await deleteObjects(context, cluster);
  else await deleteCluster(context, cluster.own);
  const forwards = await readForwards(stateFolder(root), cluster.kubectl.selection);
  if (forwards !== undefined) say(`The process ${forwards.pid} still forwards ports; Ctrl-C ends it.`);
}

async function deleteCluster(context: CommandContext, own: NonNullable<Cluster["own"]>): Promise<void> {
  const { tool, state, kubeconfig } = own;
  if (state === "missing") throw new ClusterMissingError(clusterName);
  await confirm(context, `Delete the cluster ${clusterName} of ${tool.name} with all its data?`);
  await tool.delete();
  await rm(kubeconfig, { force: true });
  context.say(`Deleted the cluster ${clusterName}. The folder of secrets stays.`);
}

async function deleteObjects(context: CommandContext, { kubectl, title }: Cluster): Promise<void> {
  await serverVersion(kubectl, title);
  const record = await readRecord(kubectl);
  if (record === undefined) {
    context.say(`${title} has no namespace ${platformNamespace}: nothing to delete.`);
    return;
  }
  if (!record.isOurs)
    throw new NotConfirmedError(
      `The namespace ${platformNamespace} existed before "npm run cluster -- up", so it stays; to delete it with all its data: ${deletion(kubectl)}`,
    );
  await confirm(context, `${title}: delete the namespace ${platformNamespace} with all its data?`);
  context.say(`Deleting the namespace ${platformNamespace}`);
  if (record.objects.length > 0) await kubectl.run(["delete", "--ignore-not-found", ...record.objects]);
  await kubectl.run(["delete", "namespace", platformNamespace, "--ignore-not-found", "--wait=false"]);
  // The data is deleted as well, so the stores need no graceful shutdown, which takes a minute.
  const pods = ["delete", "pod", "--all", "--grace-period=1", "--wait=false"];
  await kubectl.run(["--namespace", platformNamespace, ...pods]);
  await kubectl.run(["wait", "--for=delete", `namespace/${platformNamespace}`, "--timeout=5m"]);
  context.say(`Deleted the namespace ${platformNamespace}. The folder of secrets stays.`);
}

function deletion({ selection }: Kubectl): string {
  return ["kubectl", ...selection, "delete", "namespace", platformNamespace].join(" ");
}

/** @throws NotConfirmedError unless --yes is set or the user answers yes */
async function confirm({ options, signal }: CommandContext, question: string): Promise<void> {
  if (options.yes) return;
  if (!process.stdin.isTTY)
    throw new NotConfirmedError(`${question} Standard input is not a terminal; add --yes to confirm.`);
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  try {
    const answer = await terminal.question(`${question} [y/N] `, { signal });
    if (!/^y(es)?$/i.test(answer.trim())) throw new NotConfirmedError("Not confirmed; nothing was deleted.");
  } finally {
    terminal.close();
  }
}
