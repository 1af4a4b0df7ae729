import { readCommandLine } from "@platform/cli/command";
import { createKafka } from "@platform/shared/kafka/connect-kafka";
import { kafkaError } from "@platform/shared/kafka/kafka-error";
import { exitWithError } from "@platform/shared/service/exit-with-error";
import { readDeadLettersConfig } from "./config.ts";
import { openLettersClient } from "./letters-client.ts";
import { deadLettersCommand, readOptions } from "./options.ts";
import { runCommand } from "./run-command.ts";

/** The exit code if letters remain without a failure. */
const incomplete = 3;
const signalCodes = { SIGINT: 130, SIGTERM: 143 } as const;
const progressInterval = 2_000;

/** `npm run dead-letters`. */
async function main(stopped: AbortSignal): Promise<number> {
  const options = readOptions(readCommandLine(deadLettersCommand));
  const config = readDeadLettersConfig();
  try {
    const { address } = options;
    const kafka = await createKafka({
      clientId: "dead-letters",
      config,
      ...(address === undefined ? {} : { address }),
    });
    const client = await openLettersClient(kafka, stopped);
    try {
      const isComplete = await runCommand(options, client, {
        print: console.log,
        progress: createProgress(),
      });
      return isComplete ? 0 : incomplete;
    } finally {
      await client[Symbol.asyncDispose]();
    }
  } catch (error) {
    throw stopped.aborted ? error : kafkaError(config, error);
  }
}

/** Prints lines to standard error, at most one in each interval. */
function createProgress(): (line: string) => void {
  let next = Date.now() + progressInterval;
  return (line) => {
    if (Date.now() < next) return;
    next = Date.now() + progressInterval;
    console.error(line);
  };
}

/** The signal fires with the name of SIGINT or SIGTERM. Later ones are ignored: npm and a terminal both send it. */
function createExitSignal(): AbortSignal {
  const stop = new AbortController();
  for (const name of Object.keys(signalCodes)) process.on(name, () => stop.abort(name));
  return stop.signal;
}

function exitOnFailure(error: unknown, stopped: AbortSignal): never {
  if (!stopped.aborted) exitWithError(deadLettersCommand, error);
  console.error(
    `${deadLettersCommand.name}: stopped by ${stopped.reason}; run the command again to continue`,
  );
  process.exit(signalCodes[stopped.reason as keyof typeof signalCodes]);
}

const exitSignal = createExitSignal();
main(exitSignal).then(
  (code) => process.stdout.write("", () => process.exit(code)), // flushes the lines to a pipe
  (error: unknown) => exitOnFailure(error, exitSignal),
);
