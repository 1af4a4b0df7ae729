import { freePort } from "@platform/shared/service/free-port";
import type { CommandContext } from "./command-context.ts";
import { type Endpoint, endpointLines, type ForwardedEndpoint } from "./endpoints.ts";
import { stateFolder } from "./find-cluster.ts";
import { readForwards, writeForwards } from "./forwards-file.ts";
import type { Kubectl } from "./kubectl.ts";
import type { KubernetesObject } from "./kubernetes-objects.ts";
import { keepForwarding } from "./port-forward.ts";

/** Returns the endpoints whose Services exist. */
export async function existingEndpoints(
  kubectl: Kubectl,
  endpoints: readonly Endpoint[],
): Promise<Endpoint[]> {
  const services = await kubectl.list<KubernetesObject>(["services", "--all-namespaces"]);
  return endpoints.filter(({ namespace, service }) =>
    services.some(({ metadata }) => metadata.name === service && metadata.namespace === namespace),
  );
}

/** Returns the endpoints that a running `up` forwards. */
export async function forwardedEndpoints(
  root: string,
  kubectl: Kubectl,
  endpoints: readonly Endpoint[],
): Promise<{ pid: number; list: ForwardedEndpoint[] } | undefined> {
  const file = await readForwards(stateFolder(root), kubectl.selection);
  if (file === undefined) return undefined;
  const list = endpoints.flatMap((endpoint) => {
    const port = file.ports.find(
      ({ namespace, service }) => namespace === endpoint.namespace && service === endpoint.service,
    );
    return port === undefined ? [] : [{ endpoint, localPort: port.localPort }];
  });
  return { pid: file.pid, list };
}

/** Forwards the endpoints and prints their URLs, until the signal aborts. */
export async function forwardPorts(
  { root, say, signal }: Pick<CommandContext, "root" | "say" | "signal">,
  kubectl: Kubectl,
  endpoints: readonly Endpoint[],
): Promise<void> {
  const list: ForwardedEndpoint[] = [];
  for (const endpoint of endpoints) {
    const usedPorts = new Set(list.map(({ localPort }) => localPort));
    list.push({ endpoint, localPort: await findFreePort(endpoint.localPort, usedPorts) });
  }
  const ports = list.map(({ endpoint: { namespace, service }, localPort }) => ({
    namespace,
    service,
    localPort,
  }));
  await using _file = await writeForwards(stateFolder(root), {
    pid: process.pid,
    selection: kubectl.selection,
    ports,
  });
  say("");
  for (const line of endpointLines(list)) say(line);
  say("\nCtrl-C ends the forwards; the cluster keeps running.");
  await Promise.all(
    list.map(({ endpoint, localPort }) => {
      let isLost = false;
      const { namespace, service, port, title } = endpoint;
      const events = {
        connected() {
          if (isLost) say(`${title}: connected again`);
          isLost = false;
        },
        lost(reason: string) {
          if (!isLost) say(`${title}: connection lost, reconnecting (${reason})`);
          isLost = true;
        },
      };
      return keepForwarding(kubectl, { namespace, service, port, localPort }, events, signal);
    }),
  );
}

/** Returns the first free port at or above a port; 0 when a hundred ports are in use. */
async function findFreePort(first: number, usedPorts: ReadonlySet<number>): Promise<number> {
  for (let port = first; port < first + 100; port += 1)
    if (!usedPorts.has(port) && (await freePort(port)) === port) return port;
  return 0;
}
