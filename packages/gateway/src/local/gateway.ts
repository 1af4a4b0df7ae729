import { basename } from "node:path";
import { ConfigError } from "@platform/shared/errors/server-errors";
import type { Logger } from "@platform/shared/log/logger";
import { createStoredQueue, type RecordStore } from "../async/stored-queue.ts";
import type { Source } from "../dashboard/source.ts";
import { type Transfer, TransferError } from "../dashboard/transfer-route.ts";
import { inventedPrefix } from "../embedded/replay-posts.ts";
import type { CorsOrigins } from "../http/cors.ts";
import { FunctionDownError, FunctionNotBuiltError } from "../http/errors.ts";
import { FunctionCatalog } from "../http/function-catalog.ts";
import type { FunctionTarget } from "../http/function-target.ts";
import { type StartedGatewayServer, startGatewayServer } from "../http/gateway-server.ts";
import { FunctionProcess } from "./function-process.ts";
import type { InspectedFunction } from "./inspected-function.ts";
import { withLocalPeers } from "./peers.ts";
import type { StackFunction } from "./stack.ts";
import { UnavailableFunction } from "./unavailable-function.ts";

/** What a gateway serves and where. */
export interface StartGatewayOptions {
  host: string;
  port: number;
  functions: readonly StackFunction[];
  /** The file that they come from. */
  stack: string;
  /** The bundle of template-host.ts. */
  templateHost: string;
  secrets: string;
  callbackHosts: readonly string[];
  /** Origins whose pages may call functions. */
  corsOrigins?: CorsOrigins | undefined;
  /** Where asynchronous calls are kept. */
  callStore: RecordStore;
  /** The folder with the dashboard's page. */
  publicFolder: string;
  version: string;
  log: Logger;
  /** The peers, asked for when the gateway listens: embedded ones may start meanwhile. */
  peers(): Promise<Peers>;
  /** Takes a line for the user. */
  say(line: string): void;
  /** The function that a debugger may attach to. */
  inspected: InspectedFunction | undefined;
  /** Whether uncaught errors of functions name source files, too. */
  sourceMaps: boolean;
}

/** What the functions work with, and what the dashboard shows of it. */
export interface Peers {
  /** The settings that name them. */
  settings: Readonly<Record<string, string | undefined>>;
  sources: readonly Source[];
  /** Sends ether between the embedded chain's accounts. */
  transfer?: Transfer;
}

/** A gateway that listens. Disposing of it lets calls in flight finish, then ends the functions. */
export interface StartedGateway extends AsyncDisposable {
  url: string;
  functions: FunctionCatalog;
  /** Serves a function by what is built now; rejects when that does not start. */
  reload(name: string): Promise<void>;
  /** Does anybody look at the dashboard? */
  isWatched(): boolean;
}

/** OpenFaaS's default name for it. */
const namespace = "openfaas-fn";
const startPatience = 15_000;
const stopPatience = 10_000;

/**
 * Listens, then starts the functions, and resolves when they serve. A function that was not built, or does not come up,
 * answers 503; the others serve.
 * @throws ConfigError when it cannot listen.
 */
export async function startGateway(options: StartGatewayOptions): Promise<StartedGateway> {
  const { say } = options;
  const functions = new FunctionCatalog<FunctionTarget>(namespace, options.functions.map(unavailable));
  const processes = () => functions.values().filter((target) => target instanceof FunctionProcess);
  let peers: Peers | undefined;
  const server: StartedGatewayServer = await listen(functions, {
    ...options,
    transfer: (from, to) => transferWith(peers, from, to),
    overview: () => overview(server.url, functions.names()),
  });

  async function stop(): Promise<void> {
    await server[Symbol.asyncDispose]();
    await Promise.all(processes().map((target) => target[Symbol.asyncDispose]()));
    await server.dashboard.close();
  }

  /** Starts the process of a function, in place of whatever stood for it. */
  function startFunction(definition: StackFunction): FunctionProcess {
    const { templateHost: host, inspected, sourceMaps } = options;
    const environment = environmentOf(definition, peers?.settings ?? {}, options.secrets);
    const inspectPort = inspected?.name === definition.name ? inspected.port : undefined;
    const target = new FunctionProcess({ definition, environment, host, say, sourceMaps, inspectPort });
    functions.set(target);
    return target;
  }

  try {
    peers = await options.peers();
    server.dashboard.show(peers.sources);
    for (const definition of options.functions) {
      if (definition.buildError === undefined) startFunction(definition);
    }
    await Promise.all(processes().map((target) => warnUnlessUp(target, say)));
    server.beginQueue();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: server.url,
    functions,
    async reload(name) {
      const definition = options.functions.find((one) => one.name === name);
      if (definition === undefined) return;
      const target = functions.get(name, definition.namespace);
      if (target instanceof FunctionProcess) return target.replace();
      const address = await startFunction(definition).address(startPatience);
      if (address === undefined) throw new Error("the new build does not start");
    },
    isWatched: () => server.dashboard.isWatched,
    [Symbol.asyncDispose]: stop,
  };
}

/** A function before its process is started. */
function unavailable(definition: StackFunction): UnavailableFunction {
  const { name, buildError } = definition;
  const refusal =
    buildError === undefined
      ? new FunctionDownError({ name })
      : new FunctionNotBuiltError({ name, buildError });
  return new UnavailableFunction(definition, refusal);
}

async function listen(
  functions: FunctionCatalog,
  options: StartGatewayOptions & { transfer: Transfer; overview(): string },
): Promise<StartedGatewayServer> {
  const { host, port, version, stack, callStore: store, log } = options;
  try {
    return await startGatewayServer({
      ...options,
      functions,
      providerInfo: { provider: "local-gateway", orchestration: "processes" },
      readOnly: "The functions are those of the stack file; change that and start the gateway again.",
      about: { version, provider: "npm start" },
      functionsFrom: { setting: "STACK", place: basename(stack) },
      openQueue: (run) => createStoredQueue(run, { store, concurrency: 4, log }),
      patience: stopPatience,
      ready: () => functions.values().every(isUpOrNotBuilt),
      healthz: "ready",
    });
  } catch (error) {
    const { code } = error as { code?: string };
    const reason =
      code === "EADDRINUSE"
        ? `port ${port} is taken; choose another with PORT=${port + 1} npm start`
        : `cannot listen on ${host}:${port} (${code})`;
    throw new ConfigError([reason]);
  }
}

/** A function that was not built will not come up: waiting for it makes no sense. */
function isUpOrNotBuilt({ replicas, refusal }: FunctionTarget): boolean {
  return replicas.available > 0 || refusal instanceof FunctionNotBuiltError;
}

function environmentOf(definition: StackFunction, peers: Peers["settings"], secrets: string) {
  return {
    // The gateway stops calling before it stops a function, so there is nothing to wait for.
    SHUTDOWN_QUIET: "0ms",
    // The posts that the gateway itself sends would fill the terminal.
    QUIET_CALL_IDS: inventedPrefix,
    ...withLocalPeers(definition.environment, peers),
    SECRETS_DIR: secrets,
    OPENFAAS_NAME: definition.name,
    OPENFAAS_NAMESPACE: namespace,
  };
}

function transferWith(peers: Peers | undefined, from: string, to: string): Promise<string> {
  if (peers?.transfer === undefined) throw new TransferError({ reason: "there is no embedded chain" });
  return peers.transfer(from, to);
}

async function warnUnlessUp(target: FunctionProcess, say: (line: string) => void): Promise<void> {
  if ((await target.address(startPatience)) !== undefined) return;
  say(`${target.definition.name} does not come up; its log above says why, and its calls get 503`);
}

function overview(url: string, names: Iterable<string>): string {
  const functions = [...names].map((name) => `  ${url}/function/${name}\n`).join("");
  return `The local gateway of the serverless data platform.\n\nDashboard:\n  ${url}/ui/\n\nFunctions:\n${functions}`;
}
