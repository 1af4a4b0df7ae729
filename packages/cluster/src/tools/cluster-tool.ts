import { CommandFailedError } from "../errors.ts";
import type { ToolName } from "../options.ts";
import type { Runner, RunOptions } from "../runner.ts";

/** A cluster that a tool creates. */
export interface ToolCluster {
  /** The name of the cluster in the tool. */
  name: string;
  /** The kubeconfig with this cluster only. */
  kubeconfig: string;
}

/** The size of a new cluster. */
export interface ClusterSize {
  processors: number;
  memoryMiB: number;
}

/** A program that runs one cluster on this machine. */
export interface ClusterTool {
  readonly name: ToolName;
  /** The requests of Kubernetes itself in such a cluster. */
  readonly overhead: { processors: number; memoryBytes: number };
  isInstalled(): Promise<boolean>;
  state(): Promise<"missing" | "stopped" | "running">;
  create(size: ClusterSize): Promise<void>;
  start(): Promise<void>;
  /** Writes the kubeconfig. The user's own kubeconfig stays unchanged. */
  writeKubeconfig(): Promise<void>;
  /** Loads images of the local Docker engine into the cluster. */
  load(images: readonly string[]): Promise<void>;
  delete(): Promise<void>;
}

/** Whether a program exists. */
export async function isInstalled(
  runner: Runner,
  command: string,
  args: readonly string[],
): Promise<boolean> {
  return (await runner.run(command, args)).code === 0;
}

/**
 * Runs a command and shows its output.
 * @throws CommandFailedError
 */
export async function runWithOutput(
  runner: Runner,
  command: string,
  args: readonly string[],
  options?: RunOptions,
): Promise<void> {
  const code = await runner.show(command, args, options);
  if (code !== 0)
    throw new CommandFailedError({
      command: [command, ...args].join(" "),
      reason: `exit code ${code}; the lines above have the cause.`,
    });
}

/**
 * Runs a command.
 * @returns its standard output
 * @throws CommandFailedError with the last line of its standard error
 */
export async function succeeded(
  runner: Runner,
  command: string,
  args: readonly string[],
  options?: RunOptions,
): Promise<string> {
  const { code, stdout, stderr } = await runner.run(command, args, options);
  if (code === 0) return stdout;
  const reason = stderr.trim().split("\n").at(-1) || `exit code ${code}`;
  throw new CommandFailedError({ command: [command, ...args].join(" "), reason, stderr });
}
