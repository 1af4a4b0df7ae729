import type { FunctionLogs } from "../http/function-logs.ts";
import { parseWatchdogTimeout } from "../http/watchdog-timeout.ts";
import { FunctionChild, type ShutdownLimits } from "./function-child.ts";
import type { LocalDefinition } from "./stack.ts";

/** The program of a function's process. */
export interface FunctionCode {
  definition: LocalDefinition;
  environment: Readonly<Record<string, string>>;
}

/** Options of starting Node.js. */
export interface NodeOptions {
  /** The bundle of template-host.ts. */
  host: string;
  /** Whether Node.js reads source maps, so that uncaught errors name source files too. */
  sourceMaps?: boolean;
  /** The port of 127.0.0.1 for a debugger. */
  inspectPort?: number | undefined;
}

const exitMs = 15_000;
const minIdleMs = 15_000;

/** Starts a process of the program, and collects its output in the logs. */
export function startChild(
  { definition, environment }: FunctionCode,
  { host, sourceMaps, inspectPort }: NodeOptions,
  logs: FunctionLogs,
): FunctionChild {
  const execArgv = [
    ...(sourceMaps ? ["--enable-source-maps"] : []),
    ...(inspectPort === undefined
      ? []
      : [`--inspect=127.0.0.1:${inspectPort}`, "--inspect-publish-uid=http"]),
  ];
  const log = (text: string, pid: number) =>
    logs.add({ time: Date.now(), instance: `${definition.name}-${pid}`, text });
  return new FunctionChild({ handler: definition.handler, host, environment, execArgv, log });
}

/** Time limit for the shutdown of its process: at least the time limit of a call. */
export function shutdownLimits({ definition }: FunctionCode): ShutdownLimits {
  const callMs = parseWatchdogTimeout(definition.environment.exec_timeout ?? "") ?? 0;
  return { idle: Math.max(minIdleMs, callMs), exit: exitMs };
}

/** A call may pause at a breakpoint for long. */
export function withoutTimeLimit({ definition, environment }: FunctionCode): FunctionCode {
  const unlimited = { ...definition.environment, exec_timeout: "24h" };
  return { definition: { ...definition, environment: unlimited }, environment };
}
