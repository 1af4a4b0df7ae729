import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { basename } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { Dashboard } from "../dashboard/dashboard.ts";
import { RecentCalls } from "../dashboard/recent-calls.ts";
import type { Source } from "../dashboard/source.ts";
import { type Transfer, TransferError } from "../dashboard/transfer-route.ts";
import { AsyncQueue } from "../http/async-queue.ts";
import type { Functions } from "../http/function-target.ts";
import { FunctionProcess } from "./function-process.ts";
import type { InspectedFunction } from "./inspected-function.ts";
import { OptionError } from "./options.ts";
import { withLocalPeers } from "./peers.ts";
import { createServer } from "./server.ts";
import type { StackFunction } from "./stack.ts";

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
  /** The folder with the dashboard's page. */
  publicFolder: string;
  version: string;
  /** The peers, asked for when the gateway listens: embedded ones may start meanwhile. */
  peers(): Promise<Peers>;
  /** Takes a line for the user. */
  say(line: string): void;
  /** The function that a debugger may attach to, and where. */
  inspected: InspectedFunction | undefined;
  /** Whether the functions' uncaught errors name source files. */
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

/** A gateway that listens. */
export interface StartedGateway {
  url: string;
  functions: Functions;
  /** Serves a function by what is built now; rejects when that does not start. */
  reload(name: string): Promise<void>;
  /** Does anybody look at the dashboard? */
  isWatched(): boolean;
  /** Lets calls in flight finish, then ends the functions. */
  stop(): Promise<void>;
}

/** OpenFaaS's default name for it. */
const namespace = "openfaas-fn";
const startPatience = 15_000;
const stopPatience = 10_000;

/**
 * Listens, then starts the functions and resolves when all of them serve.
 * @throws OptionError when the port is taken or cannot be had; Error when a function does not come up.
 */
export async function startGateway(options: StartGatewayOptions): Promise<StartedGateway> {
  const { say, callbackHosts, publicFolder, version } = options;
  const functions = new Map<string, FunctionProcess>();
  const queue = new AsyncQueue({ concurrency: 4, capacity: 10_000 });
  const calls = new RecentCalls();
  const dashboard = new Dashboard({
    functions,
    calls,
    about: { version, provider: "npm start" },
    functionsFrom: { setting: "STACK", place: basename(options.stack) },
    log: console.error,
  });
  let peers: Peers | undefined;
  let url = "";
  const app = createServer({
    functions,
    namespace,
    queue,
    callbackHosts,
    version,
    provider: { provider: "local-gateway", orchestration: "processes" },
    readOnly: "The functions are those of the stack file; change that and start the gateway again.",
    say,
    answered: (call) => calls.add(call),
    dashboard,
    publicFolder,
    transfer: (from, to) => transferWith(peers, from, to),
    overview: () => overview(url, functions.keys()),
  });
  const server = app.listen(options.port, options.host);
  await listening(server, options);
  url = urlOf(server);

  async function stop(): Promise<void> {
    const closed = once(server, "close");
    server.close();
    dashboard.hangUp();
    server.closeIdleConnections();
    const waited = await Promise.race([
      Promise.all([closed, queue.idle()]),
      wait(stopPatience, "late" as const, { ref: false }),
    ]);
    if (waited === "late" && queue.size > 0) say(`${queue.size} asynchronous calls are given up`);
    server.closeAllConnections();
    await Promise.all([...functions.values()].map((target) => target.stop()));
    await dashboard.close();
  }

  try {
    peers = await options.peers();
    dashboard.show(peers.sources);
    for (const definition of options.functions) {
      const environment = {
        // The gateway stops calling before it stops a function, so there is nothing to wait for.
        SHUTDOWN_QUIET: "0ms",
        ...withLocalPeers(definition.environment, peers.settings),
        SECRETS_DIR: options.secrets,
        OPENFAAS_NAME: definition.name,
        OPENFAAS_NAMESPACE: namespace,
      };
      const { templateHost: host, inspected, sourceMaps } = options;
      const inspectPort = inspected?.name === definition.name ? inspected.port : undefined;
      functions.set(
        definition.name,
        new FunctionProcess({ definition, environment, host, say, sourceMaps, inspectPort }),
      );
    }
    await Promise.all([...functions.values()].map(requireUp));
  } catch (error) {
    await stop();
    throw error;
  }
  const reload = async (name: string) => functions.get(name)?.replace();
  return { url, functions, reload, isWatched: () => dashboard.isWatched, stop };
}

function transferWith(peers: Peers | undefined, from: string, to: string): Promise<string> {
  if (peers?.transfer === undefined) throw new TransferError({ reason: "there is no embedded chain" });
  return peers.transfer(from, to);
}

async function requireUp(target: FunctionProcess): Promise<void> {
  if ((await target.address(startPatience)) !== undefined) return;
  throw new Error(`the function ${target.definition.name} did not come up; its log above says why`);
}

async function listening(server: Server, { host, port }: StartGatewayOptions): Promise<void> {
  try {
    await once(server, "listening");
  } catch (error) {
    const { code } = error as { code?: string };
    const reason =
      code === "EADDRINUSE"
        ? `port ${port} is taken; choose another with PORT=${port + 1} npm start`
        : `cannot listen on ${host}:${port} (${code})`;
    throw new OptionError(reason, { cause: error });
  }
}

function urlOf(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  const host = address === "0.0.0.0" || address === "::" ? "127.0.0.1" : address;
  return `http://${family === "IPv6" && host.includes(":") ? `[${host}]` : host}:${port}`;
}

function overview(url: string, names: Iterable<string>): string {
  const functions = [...names].map((name) => `  ${url}/function/${name}\n`).join("");
  return `The local gateway of the serverless data platform.\n\nDashboard:\n  ${url}/ui/\n\nFunctions:\n${functions}`;
}
