import type { KubernetesObject } from "./kubernetes-objects.ts";
import type { Runner, RunningCommand } from "./runner.ts";
import { succeeded } from "./tools/cluster-tool.ts";

/** kubectl for one cluster. */
export interface Kubectl {
  /** The command-line options that select the cluster. */
  readonly selection: readonly string[];
  /**
   * Runs kubectl.
   * @returns its standard output
   * @throws CommandFailedError
   */
  run(args: readonly string[], input?: string): Promise<string>;
  /** Whether a command succeeds. */
  succeeds(args: readonly string[]): Promise<boolean>;
  /** Runs `kubectl get` and returns the objects, without those that do not exist. */
  list<T extends KubernetesObject>(args: readonly string[]): Promise<T[]>;
  start(args: readonly string[]): RunningCommand;
}

/** @param selection `--kubeconfig FILE` or `--context NAME` */
export function createKubectl(runner: Runner, selection: readonly string[]): Kubectl {
  const complete = (args: readonly string[]) => [...selection, ...args];
  const run = (args: readonly string[], input?: string) =>
    succeeded(runner, "kubectl", complete(args), input === undefined ? {} : { input });
  return {
    selection,
    run,
    async succeeds(args) {
      return (await runner.run("kubectl", complete(args))).code === 0;
    },
    async list<T extends KubernetesObject>(args: readonly string[]) {
      const output = await run(["get", ...args, "--ignore-not-found", "--output", "json"]);
      if (output.trim() === "") return [];
      const object = JSON.parse(output) as T & { items?: T[] };
      return object.items ?? [object];
    },
    start: (args) => runner.start("kubectl", complete(args)),
  };
}
