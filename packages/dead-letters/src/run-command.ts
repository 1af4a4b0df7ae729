import { discardLetters } from "./discard-letters.ts";
import { readContent } from "./letter.ts";
import { contentJson, letterJson, letterRow, letterText, tableHeading } from "./letter-text.ts";
import type { LettersClient } from "./letters-client.ts";
import type { DeadLettersOptions } from "./options.ts";
import { replayLetters } from "./replay-letters.ts";
import { discardLines, replayLines, totalLines } from "./report.ts";
import { createMatcher, selectTopics } from "./selection.ts";

/** The output of a command. */
export interface Output {
  /** Results. */
  print(line: string): void;
  /** The progress of long work. */
  progress(line: string): void;
}

/**
 * Runs a command. Returns false if some selected letters cannot be replayed.
 * @throws TopicMissingError, ReplayTakenOverError, TopicUnreadableError, kafkajs's errors, and the signal's reason.
 */
export async function runCommand(
  options: DeadLettersOptions,
  client: LettersClient,
  output: Output,
): Promise<boolean> {
  const topics = selectTopics(options.selection, await client.topicNames());
  const run = { list, show, replay, discard }[options.action];
  return await run({ options, client, output, topics, matches: createMatcher(options.selection) });
}

interface Run {
  options: DeadLettersOptions;
  client: LettersClient;
  output: Output;
  topics: readonly string[];
  matches: ReturnType<typeof createMatcher>;
}

async function list({ client, matches, options, output, topics }: Run): Promise<true> {
  const { isJson, maxReplays } = options;
  const context = { outcomes: await client.readOutcomes(), maxReplays };
  const counts = new Map<string, number>();
  if (!isJson) output.print(tableHeading);
  for (const topic of topics) {
    await client.readLetters(topic, (letter) => {
      if (!matches(letter)) return;
      counts.set(letter.code, (counts.get(letter.code) ?? 0) + 1);
      output.print(isJson ? JSON.stringify(letterJson(letter, context)) : letterRow(letter, context));
    });
  }
  if (!isJson) for (const line of totalLines(counts)) output.print(line);
  return true;
}

async function show({ client, matches, options, output, topics }: Run): Promise<true> {
  const { isJson, maxReplays } = options;
  const context = { outcomes: await client.readOutcomes(), maxReplays };
  for (const topic of topics) {
    await client.readLetters(topic, (letter, message) => {
      if (!matches(letter)) return;
      const content = readContent(message);
      const json = () => JSON.stringify({ ...letterJson(letter, context), ...contentJson(content) });
      output.print(isJson ? json() : letterText(letter, content, context));
    });
  }
  return true;
}

async function replay({ client, matches, options, output, topics }: Run): Promise<boolean> {
  const { allowIncomplete, batchSize, isDryRun, maxReplays, to } = options;
  let isComplete = true;
  for (const topic of topics) {
    const plan = await replayLetters(client, {
      topic,
      matches,
      rules: { allowIncomplete, maxReplays, to },
      batchSize,
      isDryRun,
      progress: (settled, total) => output.progress(`${topic}: ${settled} of ${total} letters replayed`),
    });
    for (const line of replayLines(topic, plan, isDryRun)) output.print(line);
    isComplete &&= plan.staying.length === 0;
  }
  return isComplete;
}

async function discard({ client, matches, options, output, topics }: Run): Promise<true> {
  const { batchSize, isDryRun } = options;
  for (const topic of topics) {
    const discarded = await discardLetters(client, {
      topic,
      matches,
      batchSize,
      isDryRun,
      progress: (settled, total) => output.progress(`${topic}: ${settled} of ${total} letters discarded`),
    });
    for (const line of discardLines(topic, discarded, isDryRun)) output.print(line);
  }
  return true;
}
