import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { AsyncQueue } from "./async-queue.ts";
import { FunctionProcess } from "./function-process.ts";
import { OptionError } from "./options.ts";
import { withLocalPeers } from "./peers.ts";
import { createServer } from "./server.ts";
import type { StackFunction } from "./stack.ts";

/** What a gateway serves and where. */
export interface StartGatewayOptions {
  host: string;
  port: number;
  functions: readonly StackFunction[];
  /** The bundle of template-host.ts. */
  templateHost: string;
  secrets: string;
  callbackHosts: readonly string[];
  version: string;
  /** The settings of the peers, read when the gateway listens: a chain of its own may start meanwhile. */
  peers(): Promise<Readonly<Record<string, string | undefined>>>;
  /** Takes a line for the user. */
  say(line: string): void;
}

/** A gateway that listens. */
export interface StartedGateway {
  url: string;
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
  const { say, callbackHosts, version } = options;
  const functions = new Map<string, FunctionProcess>();
  const queue = new AsyncQueue({ concurrency: 4, capacity: 10_000 });
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
    overview: () => overview(url, functions.keys()),
  });
  const server = app.listen(options.port, options.host);
  await listening(server, options);
  url = urlOf(server);

  async function stop(): Promise<void> {
    const closed = once(server, "close");
    server.close();
    server.closeIdleConnections();
    const waited = await Promise.race([
      Promise.all([closed, queue.idle()]),
      wait(stopPatience, "late" as const, { ref: false }),
    ]);
    if (waited === "late" && queue.size > 0) say(`${queue.size} asynchronous calls are given up`);
    server.closeAllConnections();
    await Promise.all([...functions.values()].map((target) => target.stop()));
  }

  try {
    const peers = await options.peers();
    for (const definition of options.functions) {
      const environment = {
        // The gateway stops calling before it stops a function, so there is nothing to wait for.
        SHUTDOWN_QUIET: "0ms",
        ...withLocalPeers(definition.environment, peers),
        SECRETS_DIR: options.secrets,
        OPENFAAS_NAME: definition.name,
        OPENFAAS_NAMESPACE: namespace,
      };
      const { templateHost: host } = options;
      functions.set(definition.name, new FunctionProcess({ definition, environment, host, say }));
    }
    await Promise.all([...functions.values()].map(requireUp));
  } catch (error) {
    await stop();
    throw error;
  }
  return { url, stop };
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
  return `The local gateway of the serverless data platform.\n\nFunctions:\n${functions}`;
}
