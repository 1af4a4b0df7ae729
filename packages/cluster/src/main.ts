import { readCommandLine } from "@platform/cli/command";
import { exitWithError } from "@platform/shared/service/exit-with-error";
import type { CommandContext } from "./command-context.ts";
import { readClusterConfig } from "./config.ts";
import { down } from "./down.ts";
import { InterruptedError } from "./errors.ts";
import { type Action, clusterCommand, readOptions } from "./options.ts";
import { createProcessRunner } from "./process-runner.ts";
import { status } from "./status.ts";
import { up } from "./up.ts";

/** Runs a command. @returns false when the platform is not ready */
const actions: Record<Action, (context: CommandContext) => Promise<boolean>> = {
  up: (context) => up(context).then(() => true),
  down: (context) => down(context).then(() => true),
  status,
};

/** `npm run cluster`: the platform in a cluster on this machine. */
async function main(): Promise<void> {
  const options = readOptions(readCommandLine(clusterCommand));
  const interrupted = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const)
    process.once(signal, () => interrupted.abort(new InterruptedError(signal)));
  const { signal } = interrupted;
  const root = process.cwd();
  const isReady = await actions[options.action]({
    ...{ options, root, signal, config: readClusterConfig(), runner: createProcessRunner(root, signal) },
    say: (line) => console.log(line),
  }).catch((error: unknown) => {
    // A child process or a timer may have failed with another error because of the signal.
    throw signal.aborted ? signal.reason : error;
  });
  if (!isReady) process.exitCode = 1;
}

main().catch((error: unknown) => exitWithError(clusterCommand, error));
