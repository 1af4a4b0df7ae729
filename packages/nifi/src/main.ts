import { exitWithUsageError, readCommandLine, UsageError } from "@platform/cli/command";
import { PlatformError } from "@platform/shared/errors/platform-error";
import { ConfigError } from "@platform/shared/errors/server-errors";
import { getGroup } from "./canvas.ts";
import { readNifiConfig } from "./config.ts";
import { type CommandContext, deployFlow } from "./deploy-flow.ts";
import { exportFlow } from "./export-flow.ts";
import { type FlowFile, readFlowFile } from "./flow-file.ts";
import { flowStatus } from "./flow-status.ts";
import { withFunctionToken } from "./function-token.ts";
import { createNifiClient } from "./nifi-client.ts";
import { NifiError } from "./nifi-error.ts";
import { type Command, nifiCommand, readOptions } from "./options.ts";
import { startFlow } from "./start-flow.ts";
import { stopFlow } from "./stop-flow.ts";
import { startWaiting } from "./waiting.ts";

/** Runs a command for one flow. @returns whether it succeeded */
const run: Record<Command, (context: CommandContext, file: FlowFile) => Promise<boolean>> = {
  async deploy(context, file) {
    await deployFlow(context, file);
    return true;
  },
  async start({ client, waiting, say }, { name }) {
    const { id } = await waiting.until(() => getGroup(client, name));
    const started = await startFlow(client, waiting, id);
    say(`${name}: runs${started ? "" : " already"}`);
    return true;
  },
  status: flowStatus,
  async stop({ client, waiting, say }, { name }) {
    const { id } = await waiting.until(() => getGroup(client, name));
    const stopped = await stopFlow(client, waiting, id);
    say(`${name}: has ${stopped ? "" : "already "}stopped`);
    return true;
  },
  async export(context, file) {
    await exportFlow(context, file);
    return true;
  },
};

/** `npm run nifi`: deploys flows from files to a NiFi, and exports them. */
async function main(): Promise<void> {
  const { command, files, timeout } = readOptions(readCommandLine(nifiCommand), process.cwd());
  const flows = await Promise.all(files.map(readFlowFile));
  const config = readNifiConfig();
  const env = await withFunctionToken(process.env, config);
  const client = await createNifiClient(config);
  try {
    for (const file of flows) {
      const context = { client, waiting: startWaiting(timeout, printLine), env, say: printLine };
      if (!(await run[command](context, file))) process.exitCode = 1;
    }
  } finally {
    client.close();
  }
}

function printLine(line: string): void {
  console.log(line);
}

main().catch((error: unknown) => {
  if (error instanceof UsageError) exitWithUsageError(nifiCommand, error);
  const problems = error instanceof ConfigError ? error.problems : [(error as Error).message];
  const expected = error instanceof NifiError || error instanceof PlatformError;
  for (const problem of expected ? problems : [error])
    console.error(expected ? `npm run nifi: ${problem}` : problem);
  process.exit(1);
});
