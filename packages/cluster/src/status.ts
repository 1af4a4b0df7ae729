import type { CommandContext } from "./command-context.ts";
import { allEndpoints, endpointLines } from "./endpoints.ts";
import { ClusterMissingError } from "./errors.ts";
import { clusterName, findCluster } from "./find-cluster.ts";
import { existingEndpoints, forwardedEndpoints } from "./forward-ports.ts";
import { platformNamespace } from "./namespace-record.ts";
import { readState, withWarnings } from "./problems.ts";
import { serverVersion } from "./server-version.ts";
import { statusTable } from "./status-table.ts";

/**
 * `npm run cluster -- status`: workloads, versions, restarts and URLs.
 * @returns whether everything is ready
 */
export async function status({ runner, root, options, config, say }: CommandContext): Promise<boolean> {
  const { title: clusterTitle, kubectl, own } = await findCluster(runner, root, options, config);
  if (own?.state === "missing") throw new ClusterMissingError(clusterName);
  if (own?.state === "stopped") {
    say(`${clusterTitle} is stopped; "npm run cluster -- up" starts it.`);
    return false;
  }
  await own?.tool.writeKubeconfig();
  const version = await serverVersion(kubectl, clusterTitle);
  const scope = ["--all-namespaces"];
  const state = await withWarnings(kubectl, scope, await readState(kubectl, scope));
  say(`${clusterTitle}, Kubernetes ${version}`);
  if (!state.workloads.some(({ metadata }) => metadata.namespace === platformNamespace)) {
    say(`It does not run the platform; "npm run cluster -- up" installs it.`);
    return false;
  }
  const { lines, isReady } = statusTable(state);
  for (const line of lines) say(line);
  await showUrls();
  return isReady;

  async function showUrls(): Promise<void> {
    const all = allEndpoints(options.secrets);
    const forwarded = await forwardedEndpoints(root, kubectl, all);
    say("");
    if (forwarded !== undefined) {
      say(`Forwarded by the process ${forwarded.pid}:`);
      for (const line of endpointLines(forwarded.list)) say(line);
      return;
    }
    say('Not forwarded; "npm run cluster -- up" forwards all ports, these commands one each:');
    for (const { title, namespace, service, port, localPort } of await existingEndpoints(kubectl, all)) {
      const command = ["kubectl", ...kubectl.selection, "-n", namespace, "port-forward", `svc/${service}`];
      say(`  ${title}: ${[...command, `${localPort}:${port}`].join(" ")}`);
    }
  }
}
