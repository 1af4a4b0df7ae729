import { quietCallPrefix } from "../embedded/replay-posts.ts";
import { NotDeployableError } from "../http/errors.ts";
import type { FunctionDefinition } from "../http/function-target.ts";
import { withLocalPeers } from "./peers.ts";

/** Options of the environment of a function's process. */
export interface FunctionEnvironmentOptions {
  definition: FunctionDefinition;
  namespace: string;
  /** The settings with the addresses of services on this machine. */
  peers: Readonly<Record<string, string | undefined>>;
  /** The folder of secrets. */
  secrets: string;
  /** The default of METRICS. */
  metrics: "cluster" | "public";
}

/** Returns the environment of a function's process. */
export function functionEnvironment(options: FunctionEnvironmentOptions): Record<string, string> {
  const { definition, metrics, namespace, peers, secrets } = options;
  return {
    // The gateway stops calling a function before it stops the process, so no wait is needed.
    SHUTDOWN_QUIET: "0ms",
    // The gateway's own invented posts would flood the terminal.
    QUIET_CALL_IDS: quietCallPrefix,
    METRICS: metrics,
    ...withLocalPeers(definition.environment, peers),
    SECRETS_DIR: secrets,
    OPENFAAS_NAME: definition.name,
    OPENFAAS_NAMESPACE: namespace,
  };
}

/** Variables that make Node.js, OpenSSL or the dynamic linker load other code. */
const loaders = /^(NODE_OPTIONS|NODE_PATH|LD_.*|DYLD_.*|OPENSSL_.*)$/i;

/**
 * Ensures that a function deployed over HTTP runs only the code of a bundle on this machine.
 * @throws NotDeployableError (400) that names the variable
 */
export function requireHarmlessEnvironment({ environment }: FunctionDefinition): void {
  const name = Object.keys(environment).find((variable) => loaders.test(variable));
  if (name === undefined) return;
  throw new NotDeployableError({
    reason: `The environment variable ${name} can make a process load other code; npm start accepts it only in the stack file.`,
  });
}
