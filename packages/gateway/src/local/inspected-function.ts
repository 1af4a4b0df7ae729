import { UsageError } from "@platform/cli/command";
import { freePort } from "@platform/shared/service/free-port";

import type { StackFunction } from "./stack.ts";

/** A function that a debugger may attach to. */
export interface InspectedFunction {
  name: string;
  /** A port of 127.0.0.1. */
  port: number;
}

/** The default port of debuggers. */
const usualPort = 9229;
const portsToTry = 100;

/**
 * Returns the function of `--inspect` with the first free port from 9229 on; undefined without the option.
 * @throws UsageError when the stack file lacks the function
 */
export async function inspectedFunction(
  name: string | undefined,
  functions: readonly StackFunction[],
): Promise<InspectedFunction | undefined> {
  if (name === undefined) return undefined;
  const names = functions.map((entry) => entry.name);
  if (!names.includes(name)) {
    throw new UsageError(`no function "${name}" to inspect; the stack file has ${names.join(", ")}`);
  }
  for (let port = usualPort; port < usualPort + portsToTry; port++) {
    if ((await freePort(port)) === port) return { name, port };
  }
  return { name, port: await freePort(0) };
}
