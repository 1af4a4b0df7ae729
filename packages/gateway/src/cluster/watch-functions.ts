import { describeError } from "@platform/shared/errors/describe-error";
import { followObjects } from "@platform/shared/kubernetes/follow-objects";
import type { KubernetesClient } from "@platform/shared/kubernetes/kubernetes-client";
import type { Logger } from "@platform/shared/log/logger";
import type { FunctionCatalog } from "../http/function-catalog.ts";
import type { FunctionAddress } from "../http/function-target.ts";
import { deploymentsPath, functionLabel, parseDeployment } from "./deployments.ts";
import {
  addressesByService,
  endpointSlicesPath,
  parseEndpointSlice,
  serviceLabel,
} from "./endpoint-slices.ts";
import { type DeployedFunction, FunctionService } from "./function-service.ts";
import { PodLogs } from "./logs/pod-logs.ts";

/** Options of watchFunctions. */
export interface WatchFunctionsOptions {
  client: KubernetesClient;
  /** Host and port of the API server, for error messages. */
  host: string;
  /** The namespaces of functions; `setNamespaces` changes them. */
  namespaces: readonly string[];
  functions: FunctionCatalog<FunctionService>;
  /** How long a call waits for a ready pod, in milliseconds. */
  readyTimeoutMs: number;
  /** Whether calls wake functions from zero; false: the gateway changes nothing. */
  mayWake: boolean;
  log: Logger;
  /** Called once, after all functions and their pods are known. */
  listed(): void;
  /** Called with the called name of a removed function. */
  removed(calledName: string): void;
}

/** Maximum waiting calls. Each holds a connection and up to 128 KB of its body; the gateway's pod has 256 MiB. */
const maxWaiting = 1_200;

/** A watch of functions. Disposal stops it. */
export interface FunctionWatch extends AsyncDisposable {
  /** Watches these namespaces, and forgets functions in others. */
  setNamespaces(names: readonly string[]): void;
}

/**
 * Synchronizes the catalog with the cluster. Functions are the Deployments with the label `faas_function`; their ready pods are in
 * the EndpointSlices of the Services of the same names.
 */
export function watchFunctions(options: WatchFunctionsOptions): FunctionWatch {
  const { namespaces, functions } = options;
  const unlisted = new Set(namespaces);
  const watches = new Map<string, AsyncDisposable>();
  let isEnded = false;

  function setNamespaces(names: readonly string[]): void {
    if (isEnded) return;
    for (const namespace of names) if (!watches.has(namespace)) add(namespace);
    for (const namespace of watches.keys()) if (!names.includes(namespace)) void remove(namespace);
  }

  function add(namespace: string): void {
    const listed = () => {
      if (unlisted.delete(namespace) && unlisted.size === 0) options.listed();
    };
    watches.set(namespace, watchNamespace(options, namespace, listed));
  }

  async function remove(namespace: string): Promise<void> {
    const watch = watches.get(namespace);
    watches.delete(namespace);
    await watch?.[Symbol.asyncDispose]();
    if (watches.has(namespace)) return;
    for (const target of functions.inNamespace(namespace)) removeFunction(options, target);
  }

  setNamespaces(namespaces);
  return {
    setNamespaces,
    async [Symbol.asyncDispose]() {
      isEnded = true;
      await Promise.all([...watches.values()].map((watch) => watch[Symbol.asyncDispose]()));
      for (const target of functions.values()) target.end();
    },
  };
}

function watchNamespace(
  options: WatchFunctionsOptions,
  namespace: string,
  listed: () => void,
): AsyncDisposable {
  const { client, functions, log } = options;
  let deployments: ReadonlyMap<string, DeployedFunction> | undefined;
  let addresses: ReadonlyMap<string, readonly FunctionAddress[]> | undefined;

  function changed(): void {
    if (deployments === undefined || addresses === undefined) return;
    const names = new Set<string>();
    for (const [deployment, deployed] of deployments) {
      const { name } = deployed.definition;
      names.add(name);
      const target = functions.get(name, namespace) ?? addFunction(deployment, deployed);
      target.update(deployed);
      target.updatePods(addresses.get(name) ?? []);
    }
    for (const target of functions.inNamespace(namespace)) {
      if (!names.has(target.definition.name)) removeFunction(options, target);
    }
    listed();
  }

  function addFunction(deployment: string, deployed: DeployedFunction): FunctionService {
    const facts = { function: deployed.definition.name, namespace };
    const target = new FunctionService(deployed, {
      readyTimeoutMs: options.readyTimeoutMs,
      hasRoom: () => functions.values().reduce((sum, { waiting }) => sum + waiting, 0) < maxWaiting,
      logs: new PodLogs({ client, host: options.host, name: deployed.definition.name, namespace }),
      mayWake: options.mayWake,
      // While this gateway's watch was broken, another gateway may have woken and scaled the function.
      async setReplicas(replicas, resourceVersion) {
        const change = { metadata: { resourceVersion }, spec: { replicas } };
        await client.patch(`${deploymentsPath(namespace)}/${deployment}`, change);
      },
      woken: (replicas) => log.info({ ...facts, replicas }, "function_woken"),
      wakeFailed: (error) => log.warn({ ...facts, error: describeError(error) }, "wake_up_failed"),
    });
    functions.set(target);
    log.info(facts, "function_added");
    return target;
  }

  const follows = [
    followObjects({
      client,
      path: deploymentsPath(namespace),
      labelSelector: functionLabel,
      parse: parseDeployment,
      onChange(objects) {
        deployments = objects;
        changed();
      },
      log,
    }),
    followObjects({
      client,
      path: endpointSlicesPath(namespace),
      labelSelector: serviceLabel,
      parse: parseEndpointSlice,
      onChange(objects) {
        addresses = addressesByService(objects.values());
        changed();
      },
      log,
    }),
  ];
  return {
    async [Symbol.asyncDispose]() {
      await Promise.all(follows.map((follow) => follow[Symbol.asyncDispose]()));
    },
  };
}

function removeFunction({ functions, removed, log }: WatchFunctionsOptions, target: FunctionService): void {
  const { name } = target.definition;
  const namespace = functions.readNamespace(target);
  removed(functions.calledName(target));
  functions.delete(target);
  target.end();
  log.info({ function: name, namespace }, "function_removed");
}
