import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { hostNames } from "../http/host-names.ts";

/** What `npm start` runs with. */
export interface GatewayOptions {
  host: string;
  port: number;
  /** The stack file, absolute. */
  stack: string;
  /** The folder with a file for each secret, absolute. */
  secrets: string;
  /** Hosts beside loopback that X-Callback-Url may name. */
  callbackHosts: readonly string[];
  /** The folder of the embedded store, absolute. */
  data: string;
  /** Whether invented posts are replayed into it. */
  posts: boolean;
  /** The function that a debugger may attach to. */
  inspect: string | undefined;
  help: boolean;
}

/** An option or its variable has a value that cannot be used; the message says which and how it should be. */
export class OptionError extends Error {
  override readonly name = "OptionError";
}

/** What `--help` prints. */
export const usage = `Usage: npm start -- [options]

Runs the functions of stack.yml behind a local OpenFaaS gateway.

Options, each with the variable that sets it too:
  --port N         PORT            where to listen (default 8080)
  --host ADDRESS   HOST            on which address (default 127.0.0.1)
  --stack FILE     STACK           the stack file (default stack.yml)
  --secrets DIR    SECRETS_DIR     a file for each secret (default .secrets)
                   CALLBACK_HOSTS  hosts beside loopback that X-Callback-Url may name, with commas
  --data DIR       DATA_DIR        where the embedded store keeps documents (default .data)
  --no-posts       POSTS=false     no invented posts in it
  --inspect NAME   INSPECT         open Node.js's debugger for this function
  --help

Peers, from the environment only:
  GETH_RPC_ENDPOINT   an Ethereum node; unset: an embedded chain (anvil) with the network of the platform
  ELASTICSEARCH_URL   unset: an embedded store, with invented posts to look at
  KAFKA_BROKERS       unset: no Kafka
The dashboard, at /ui/, reads the same ones, with the secrets that the functions' settings name.
Other variables that stack.yml names, such as LOG_LEVEL or SENTIMENT_ENGINE, work as with faas-cli.
`;

/** Reads options from arguments and environment, arguments first; throws OptionError. */
export function readOptions(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  folder: string,
): GatewayOptions {
  const { port, host, stack, secrets, data, "no-posts": noPosts, inspect, help } = parse(args);
  return {
    host: host ?? (env.HOST || "127.0.0.1"),
    port: portOf(port ?? (env.PORT || "8080")),
    stack: resolve(folder, stack ?? (env.STACK || "stack.yml")),
    secrets: resolve(folder, secrets ?? (env.SECRETS_DIR || ".secrets")),
    callbackHosts: hostNames(env.CALLBACK_HOSTS ?? ""),
    data: resolve(folder, data ?? (env.DATA_DIR || ".data")),
    posts: !(noPosts ?? env.POSTS === "false"),
    inspect: inspect ?? (env.INSPECT || undefined),
    help: help ?? false,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: "string", short: "p" },
        host: { type: "string" },
        stack: { type: "string" },
        secrets: { type: "string" },
        data: { type: "string" },
        "no-posts": { type: "boolean" },
        inspect: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    }).values;
  } catch (error) {
    throw new OptionError(`${(error as Error).message} (npm start -- --help lists the options)`);
  }
}

function portOf(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new OptionError(`PORT must be a number from 0 to 65535, not "${text}"`);
}
