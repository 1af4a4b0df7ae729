import { basename, dirname } from "node:path";
import { ConfigError } from "@platform/shared/errors/server-errors";
import type { Logger } from "@platform/shared/log/logger";
import { createStoredQueue, type RecordStore } from "../async/stored-queue.ts";
import type { ConsoleServices } from "../console/console-services.ts";
import { type Transfer, TransferError } from "../console/ethereum/transfer-route.ts";
import type { CorsOrigins } from "../http/cors.ts";
import type { FunctionProvider } from "../http/function-provider.ts";
import { type StartedGatewayServer, startGatewayServer } from "../http/gateway-server.ts";
import { isLoopback } from "../http/loopback.ts";
import { Scheduler } from "../http/scheduler.ts";
import { Bundles } from "./bundles.ts";
import type { InspectedFunction } from "./inspected-function.ts";
import { type LocalAccess, openLocalAccess } from "./local-access.ts";
import { LocalFunctions } from "./local-functions.ts";
import { LocalProvider } from "./local-provider.ts";
import type { LoginFiles } from "./login-files.ts";
import { SecretFiles } from "./secret-files.ts";
import type { StackFunction } from "./stack.ts";
import { StackNamespaces } from "./stack-namespaces.ts";

/** Options of the local gateway. */
export interface StartGatewayOptions {
  host: string;
  port: number;
  functions: readonly StackFunction[];
  /** The stack file of the functions. */
  stack: string;
  /** The bundle of template-host.ts. */
  templateHost: string;
  secrets: string;
  /** Whether the console is read-only; unset: only beyond loopback. */
  uiReadOnly?: boolean | undefined;
  callbackHosts: readonly string[];
  /** Origins whose pages may call functions. */
  corsOrigins?: CorsOrigins | undefined;
  /** Opens the queue of asynchronous calls. */
  callStore: RecordStore;
  /** The folder with the console's page. */
  publicFolder: string;
  version: string;
  /** The source of posts, for the console. */
  postSource?: string | undefined;
  log: Logger;
  /** Starts the peers after the gateway listens; embedded ones may take a while. */
  peers(): Promise<Peers>;
  /** Prints a line for the user. */
  say(line: string): void;
  /** The function that a debugger may attach to. */
  inspected: InspectedFunction | undefined;
  /** Whether uncaught errors of functions name source files, too. */
  sourceMaps: boolean;
}

/** The services of the functions and of the console. */
export interface Peers {
  /** The settings with their addresses. */
  settings: Readonly<Record<string, string | undefined>>;
  services: ConsoleServices;
  /** Sends ether between the embedded chain's accounts. */
  transfer?: Transfer;
}

/** A listening gateway. Disposal is a graceful shutdown: it waits for calls in flight, then ends the functions. */
export interface StartedGateway extends AsyncDisposable {
  url: string;
  functions: LocalFunctions;
  /** The files of the login; undefined on loopback, which needs no login. */
  login: LoginFiles | undefined;
  /** Whether a page of the console is open. */
  isWatched(): boolean;
}

/** OpenFaaS's default namespace. */
const namespace = "openfaas-fn";
const shutdownTimeoutMs = 10_000;

/**
 * Listens, starts the functions, and resolves when they serve. A function that was not built or does not start
 * answers 503; the others serve.
 * @throws ConfigError when it cannot listen, or when its login cannot be read or created
 */
export async function startGateway(options: StartGatewayOptions): Promise<StartedGateway> {
  const { host, secrets, uiReadOnly, log } = options;
  const access = await openLocalAccess({ host, secrets, isReadOnly: uiReadOnly, log });
  const functions = new LocalFunctions({
    ...options,
    definitions: options.functions,
    namespace,
    // On loopback, only local users reach the gateway, so its functions may expose their metrics.
    metrics: isLoopback(host) ? "public" : "cluster",
  });
  let peers: Peers | undefined;
  const server: StartedGatewayServer = await listen(functions, {
    ...options,
    access,
    transfer: (from, to) => transferOnChain(peers, from, to),
    overview: () => overview(server.url, functions.catalog.names()),
  });

  let scheduler: Scheduler | undefined;

  async function stop(): Promise<void> {
    await Promise.all([scheduler?.[Symbol.asyncDispose](), server[Symbol.asyncDispose]()]);
    await functions[Symbol.asyncDispose]();
    await peers?.services[Symbol.asyncDispose]();
  }

  try {
    peers = await options.peers();
    server.showServices(peers.services);
    await functions.begin(peers.settings);
    server.beginQueue();
    const { call, metrics } = server;
    scheduler = new Scheduler({
      functions: functions.catalog,
      call,
      ended: metrics.scheduled,
      shutdownTimeoutMs,
      log: options.log,
    });
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: server.url,
    functions,
    login: access.login,
    isWatched: server.isWatched,
    [Symbol.asyncDispose]: stop,
  };
}

/** Creates the provider of `npm start`. */
function createProvider(functions: LocalFunctions, options: StartGatewayOptions): FunctionProvider {
  const namespaces = new StackNamespaces(namespace, options.functions);
  return new LocalProvider({
    functions,
    bundles: new Bundles({ functions: options.functions, folder: dirname(options.stack) }),
    secrets: new SecretFiles(options.secrets, namespaces),
    namespaces,
  });
}

async function listen(
  functions: LocalFunctions,
  options: StartGatewayOptions & { access: LocalAccess; transfer: Transfer; overview(): string },
): Promise<StartedGatewayServer> {
  const { host, port, version, stack, callStore: store, access, log } = options;
  try {
    return await startGatewayServer({
      ...options,
      functions: functions.catalog,
      ...access,
      provider: createProvider(functions, options),
      providerInfo: { provider: "local-gateway", orchestration: "processes" },
      about: {
        version,
        provider: "npm start",
        isReadOnly: access.isReadOnly,
        postSource: options.postSource,
      },
      functionSource: { setting: "STACK", place: basename(stack) },
      openQueue: (run) => createStoredQueue(run, { store, concurrency: 4, log }),
      shutdownTimeoutMs,
      ready: () => functions.ready,
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

function transferOnChain(peers: Peers | undefined, from: string, to: string): Promise<string> {
  if (peers?.transfer === undefined) throw new TransferError({ reason: "there is no embedded chain" });
  return peers.transfer(from, to);
}

function overview(url: string, names: Iterable<string>): string {
  const functions = [...names].map((name) => `  ${url}/function/${name}\n`).join("");
  return `The local gateway of the serverless data platform.\n\nConsole:\n  ${url}/ui/\n\nFunctions:\n${functions}`;
}
