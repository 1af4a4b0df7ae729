import type { ClusterConfig } from "./config.ts";
import type { ClusterOptions } from "./options.ts";
import type { Runner } from "./runner.ts";

/** The context of a command. */
export interface CommandContext {
  runner: Runner;
  /** The folder of the repository. */
  root: string;
  options: ClusterOptions;
  config: ClusterConfig;
  /** Prints a line. */
  say(line: string): void;
  /** Aborts on SIGINT and SIGTERM. */
  signal: AbortSignal;
}
