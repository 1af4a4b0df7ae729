import { exitWithUsageError, UsageError } from "@platform/cli/command";
import { PlatformError } from "../errors/platform-error.ts";
import { ConfigError } from "../errors/server-errors.ts";

/**
 * Prints the error of a command, and exits with code 2 for a wrong command line, else with code 1. A PlatformError is one line with
 * the message of its cause, a ConfigError one line for each problem. Other errors keep their stack trace.
 */
export function exitWithError(command: { name: string }, error: unknown): never {
  if (error instanceof UsageError) exitWithUsageError(command, error);
  if (error instanceof PlatformError) {
    const lines = error instanceof ConfigError ? error.problems : [toSentence(error)];
    for (const line of lines) console.error(`${command.name}: ${line}`);
  } else console.error(error);
  process.exit(1);
}

function toSentence({ message, cause }: PlatformError): string {
  const [reason = ""] = cause instanceof Error ? cause.message.split("\n") : [];
  return message.includes(reason.replace(/\.$/, "")) ? message : `${message} (${reason})`;
}
