import { defineCommand, UsageError } from "@platform/cli/command";
import { settingsSection } from "@platform/shared/config/setting-rows";
import type { MessagePosition } from "@platform/shared/kafka/message-position";
import { readVia, viaOption } from "@platform/shared/kafka/via-option";
import { deadLettersSettings } from "./config.ts";
import { parsePosition } from "./letter.ts";
import { parseTime } from "./parse-time.ts";
import { defaultBatch, defaultReplays } from "./rules.ts";
import type { Selection } from "./selection.ts";

const actions = ["list", "show", "replay", "discard"] as const;
type Action = (typeof actions)[number];

/** The action and options of `npm run dead-letters`. */
export interface DeadLettersOptions {
  action: Action;
  selection: Selection;
  isJson: boolean;
  isDryRun: boolean;
  maxReplays: number;
  batchSize: number;
  allowIncomplete: boolean;
  /** The topic for letters without a source topic. */
  to: string | undefined;
  /** Replaces the advertised addresses of all brokers. */
  address: { host: string; port: number } | undefined;
}

const maxBatch = 10_000;

/** The command `npm run dead-letters`. */
export const deadLettersCommand = defineCommand({
  name: "npm run dead-letters",
  summary: `Lists, shows, replays and discards the dead letters of the connector, of NiFi's flows and of tweet-enrich. An
interrupted replay continues at the next run, and no letter is replayed twice.`,
  operands: "list|show|replay|discard",
  options: {
    topic: {
      type: "string",
      value: "TOPIC",
      description: "letters of messages from this topic, or all letters in this dead-letter topic",
    },
    from: {
      type: "string",
      value: "TOPIC",
      description: "the dead-letter topic, if its name is not <topic>.dead-letter",
    },
    function: { type: "string", value: "NAME", description: "letters that this function refused" },
    code: { type: "string", value: "CODE", description: "letters with this error code" },
    since: {
      type: "string",
      value: "TIME",
      description: "letters written at or after this time: 2026-11-29T12:00Z, or an age such as 90m, 12h, 7d",
    },
    until: { type: "string", value: "TIME", description: "letters written before this time" },
    letter: {
      type: "string",
      value: "POSITION",
      multiple: true,
      description: "the letter at topic/partition/offset of the dead-letter topic; may be repeated",
    },
    all: { type: "boolean", description: "replay or discard all letters, without filters" },
    "dry-run": {
      type: "boolean",
      description: "print the letters to replay or discard, counted by code, and write nothing",
    },
    "max-replays": {
      type: "string",
      value: "N",
      description: "do not replay messages that were replayed N times or more",
      fallback: String(defaultReplays),
    },
    "allow-incomplete": {
      type: "boolean",
      description: "also replay letters whose key and headers were omitted for their size",
    },
    to: {
      type: "string",
      value: "TOPIC",
      description: "topic for letters without a source topic, such as those of HTTP calls",
    },
    "batch-size": {
      type: "string",
      value: "N",
      description: "maximum number of letters in a transaction",
      fallback: String(defaultBatch),
    },
    json: { type: "boolean", description: "list and show: print one line of JSON for each letter" },
    via: viaOption,
  },
  sections: [
    {
      heading: "Examples",
      rows: [
        ["npm run dead-letters -- list --topic twitter --since 1h", "a table, and totals by code"],
        [
          "npm run dead-letters -- show --letter twitter.dead-letter/0/12",
          "headers, key and value of one letter",
        ],
        [
          "npm run dead-letters -- replay --topic twitter --code document_refused --dry-run",
          "the letters to replay, counted by code",
        ],
        [
          "npm run dead-letters -- discard --topic twitter --code not_a_tweet",
          "settle letters without a replay",
        ],
      ],
    },
    settingsSection(deadLettersSettings),
  ],
  exitCodes: {
    0: "success; all selected letters are settled",
    3: "some letters cannot be replayed; the output has the reasons",
    130: "stopped by SIGINT between two transactions; run the command again to continue",
    143: "stopped by SIGTERM in the same way",
  },
});

type CommandLine = Pick<ReturnType<typeof deadLettersCommand.parse>, "values" | "operands">;

/**
 * Reads the command line of `npm run dead-letters`.
 * @throws UsageError
 */
export function readOptions({ operands, values }: CommandLine, now = Date.now()): DeadLettersOptions {
  const [action, ...rest] = operands;
  if (!isAction(action))
    throw new UsageError(
      `the command must be list, show, replay or discard, not "${action ?? ""}" (see --help)`,
    );
  if (rest.length > 0) throw new UsageError(`unexpected argument "${rest[0]}" (see --help)`);
  const selection = readSelection(values, now);
  const isFiltered = Object.values(selection).some((value) => value !== undefined);
  if ((action === "replay" || action === "discard") && !isFiltered && values.all !== true)
    throw new UsageError(`${action} needs a filter such as --topic, or --all`);
  if (isFiltered && values.all === true) throw new UsageError("--all excludes the filters");
  return {
    action,
    selection,
    isJson: values.json === true,
    isDryRun: values["dry-run"] === true,
    maxReplays: readCount("max-replays", values["max-replays"], defaultReplays, Number.MAX_SAFE_INTEGER),
    batchSize: readCount("batch-size", values["batch-size"], defaultBatch, maxBatch),
    allowIncomplete: values["allow-incomplete"] === true,
    to: values.to,
    address: readVia(values.via),
  };
}

function isAction(text: string | undefined): text is Action {
  return actions.some((action) => action === text);
}

function readSelection(values: CommandLine["values"], now: number): Selection {
  const { code, from, letter, since, topic, until } = values;
  if (from !== undefined && letter !== undefined)
    throw new UsageError("--letter has the topic; leave out --from");
  return {
    topic,
    from,
    functionName: values.function,
    code,
    since: readTime("since", since, now),
    until: readTime("until", until, now),
    letters: letter?.map(readPosition),
  };
}

function readPosition(text: string): MessagePosition {
  const position = parsePosition(text);
  if (position === undefined) throw new UsageError(`--letter must be topic/partition/offset, not "${text}"`);
  return position;
}

function readTime(name: string, text: string | undefined, now: number): number | undefined {
  if (text === undefined) return undefined;
  const time = parseTime(text, now);
  if (time === undefined)
    throw new UsageError(
      `--${name} must be a time such as 2026-11-29T12:00Z, or an age such as 90m, not "${text}"`,
    );
  return time;
}

function readCount(name: string, text: string | undefined, fallback: number, max: number): number {
  if (text === undefined) return fallback;
  const count = /^\d{1,9}$/.test(text) ? Number(text) : 0;
  if (count < 1 || count > max)
    throw new UsageError(`--${name} must be a whole number above 0, not "${text}"`);
  return count;
}
