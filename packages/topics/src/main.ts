import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { readCommandLine } from "@platform/cli/command";
import { PlatformError } from "@platform/shared/errors/platform-error";
import { kafkaError } from "@platform/shared/kafka/kafka-error";
import { readVia } from "@platform/shared/kafka/via-option";
import { exitWithError } from "@platform/shared/service/exit-with-error";
import { backUpTopic } from "./back-up-topic.ts";
import { type CommandContext, progressCounter } from "./command-context.ts";
import { compareTopic } from "./compare-topic.ts";
import { readTopicsConfig } from "./config.ts";
import { readOptions, type TopicsOptions, topicsCommand } from "./options.ts";
import { restoreTopic } from "./restore-topic.ts";
import { connectTopics } from "./topics-connection.ts";
import { BackupError } from "./topics-errors.ts";

/** `npm run topics`: backs up topics of Kafka, restores and compares them. */
async function main(): Promise<void> {
  const commandLine = readCommandLine(topicsCommand);
  const options = readOptions(commandLine);
  const address = readVia(commandLine.values.via);
  const config = readTopicsConfig();
  const interrupted = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const)
    process.once(signal, () => interrupted.abort(new InterruptedError(signal)));
  try {
    await using connection = await connectTopics(config, address);
    const context = {
      connection,
      signal: interrupted.signal,
      print: (line: string) => console.log(line),
      counted: progressCounter((line) => console.error(line)),
    };
    if (!(await runCommand(context, options))) process.exitCode = 1;
  } catch (error) {
    throw error instanceof PlatformError ? error : kafkaError(config, error);
  }
}

/** @returns whether all topics equal their backups */
async function runCommand(context: CommandContext, options: TopicsOptions): Promise<boolean> {
  const { command, folder } = options;
  if (command === "back-up") {
    for (const topic of options.topics) await backUpTopic(context, topic, folder);
    return true;
  }
  const topics = options.topics.length > 0 ? options.topics : await listBackups(folder);
  let isEqual = true;
  for (const topic of topics) {
    const backup = join(folder, topic);
    if (command === "restore") await restoreTopic(context, backup, options.restore);
    else isEqual = (await compareTopic(context, backup, options.as)) && isEqual;
  }
  return isEqual;
}

async function listBackups(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch((cause: unknown) => {
    throw new BackupError({ path: folder, reason: "folder not found", cause });
  });
  const names = entries.filter((entry) => entry.isDirectory() && !entry.name.startsWith("."));
  if (names.length === 0) throw new BackupError({ path: folder, reason: "folder without backups" });
  return names.map(({ name }) => name).sort();
}

/** A signal ended the command. */
class InterruptedError extends PlatformError {
  constructor(signal: string) {
    super({ status: 503, code: "interrupted", detail: `Interrupted by ${signal}.` });
  }
}

main().catch((error: unknown) => exitWithError(topicsCommand, error));
