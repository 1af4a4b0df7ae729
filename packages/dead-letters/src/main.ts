import { exitWithUsageError, readCommandLine, UsageError } from "@platform/cli/command";
import { PlatformError } from "@platform/shared/errors/platform-error";
import { ConfigError } from "@platform/shared/errors/server-errors";
import { createKafka } from "@platform/shared/kafka/connect-kafka";
import { kafkaError } from "@platform/shared/kafka/kafka-error";
import { readDeadLettersConfig } from "./config.ts";
import { openLettersClient } from "./letters-client.ts";
import { deadLettersCommand, readOptions } from "./options.ts";
import { runCommand } from "./run-command.ts";

/** A letter may stay although nothing failed. */
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

/** Prints lines to standard error, one in a while. */
function createProgress(): (line: string) => void {
  let next = Date.now() + progressInterval;
  return (line) => {
    if (Date.now() < next) return;
    next = Date.now() + progressInterval;
    console.error(line);
  };
}

/** The signal fires with the name of SIGINT or SIGTERM. Later ones are ignored: npm and a terminal both send it. */
function signalOfProcess(): AbortSignal {
  const stop = new AbortController();
  for (const name of Object.keys(signalCodes)) process.on(name, () => stop.abort(name));
  return stop.signal;
}

/** The sentence of an error that is to be expected, with Kafka's own words. */
function sentenceOf({ cause, message }: PlatformError): string {
  const reason = cause instanceof Error ? cause.message : "";
  return reason === "" ? message : `${message} (${reason})`;
}

function exitWith(error: unknown, stopped: AbortSignal): never {
  const { name } = deadLettersCommand;
  if (stopped.aborted) {
    console.error(`${name}: stopped by ${stopped.reason}; run the command again to continue`);
    process.exit(signalCodes[stopped.reason as keyof typeof signalCodes]);
  }
  if (error instanceof UsageError) exitWithUsageError(deadLettersCommand, error);
  const isExpected = error instanceof PlatformError;
  const lines = error instanceof ConfigError ? error.problems : isExpected ? [sentenceOf(error)] : [];
  for (const line of lines) console.error(`${name}: ${line}`);
  if (!isExpected) console.error(error);
  process.exit(1);
}

const stopped = signalOfProcess();
main(stopped).then(
  (code) => process.stdout.write("", () => process.exit(code)), // a pipe may still have lines to take
  (error: unknown) => exitWith(error, stopped),
);
