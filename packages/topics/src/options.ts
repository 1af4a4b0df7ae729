import { defineCommand, UsageError } from "@platform/cli/command";
import { settingsSection } from "@platform/shared/config/setting-rows";
import { viaOption } from "@platform/shared/kafka/via-option";
import { topicsSettings } from "./config.ts";

/** The options of restore. */
export interface RestoreOptions {
  /** Another name for the topic. */
  as?: string | undefined;
  /** Adds messages to a topic that is not empty. */
  append: boolean;
  /** Sets the offsets of consumer groups. */
  groups: boolean;
}

/** The action and options of `npm run topics`. */
export type TopicsOptions =
  | { command: "back-up"; topics: readonly string[]; folder: string }
  | { command: "restore"; topics: readonly string[]; folder: string; restore: RestoreOptions }
  | { command: "compare"; topics: readonly string[]; folder: string; as?: string | undefined };

/** The command `npm run topics`. */
export const topicsCommand = defineCommand({
  name: "npm run topics",
  summary: "Backs up topics of Kafka to a folder, restores them, and compares a topic with its backup.",
  operands: "back-up TOPIC… --to FOLDER | restore FOLDER | compare FOLDER",
  options: {
    to: {
      type: "string",
      value: "FOLDER",
      description: "folder for the backups, with a subfolder for each topic",
    },
    topic: {
      type: "string",
      value: "NAME",
      multiple: true,
      description: "restore or compare: a topic in the folder; may be repeated",
      fallback: "all topics in the folder",
    },
    as: {
      type: "string",
      value: "NAME",
      description: "restore or compare: the name of the topic in Kafka, if it differs",
    },
    append: { type: "boolean", description: "restore: add messages to a topic that is not empty" },
    "no-groups": { type: "boolean", description: "restore: do not set the offsets of consumer groups" },
    via: viaOption,
  },
  sections: [
    {
      heading: "Examples",
      rows: [
        [
          "npm run topics -- back-up twitter twitter.dead-letter --to backups/topics",
          "two topics to a folder",
        ],
        [
          "npm run topics -- restore backups/topics",
          "all topics of the folder, into topics that are empty or missing",
        ],
        [
          "npm run topics -- compare backups/topics --topic twitter --as twitter-check",
          "a topic with the backup of another name",
        ],
      ],
    },
    settingsSection(topicsSettings),
    {
      heading: "Contents of a backup",
      text: `Keys, values, headers and timestamps of all committed messages, byte for byte and in order; the number of partitions; the
settings of the topic; the offsets of consumer groups, which a restore translates. Offsets of restored messages begin at 0, without gaps.`,
    },
  ],
  exitCodes: { 1: "failure, or a topic differs from its backup; the last line says why" },
});

type CommandLine = Pick<ReturnType<typeof topicsCommand.parse>, "values" | "operands">;

/**
 * Reads the command line of `npm run topics`.
 * @throws UsageError
 */
export function readOptions({ values, operands }: CommandLine): TopicsOptions {
  const [command, ...rest] = operands;
  if (command === "back-up") return backUpOptions(values, rest);
  if (command !== "restore" && command !== "compare")
    throw new UsageError(
      `the command must be back-up, restore or compare, not "${command ?? ""}" (see --help)`,
    );
  const [folder, ...more] = rest;
  if (folder === undefined) throw new UsageError(`${command} needs the folder of the backups`);
  if (more.length > 0) throw new UsageError(`unexpected argument "${more[0]}"; name topics with --topic`);
  if (values.to !== undefined) throw new UsageError("--to belongs to back-up");
  const { topic: topics = [], as, append = false, "no-groups": noGroups = false } = values;
  if (as !== undefined && topics.length !== 1) throw new UsageError("--as needs one topic: --topic NAME");
  if (command === "compare") {
    if (append || noGroups) throw new UsageError("--append and --no-groups belong to restore");
    return { command, topics, folder, as };
  }
  // The offsets of groups belong to the topic's original name.
  return {
    command,
    topics,
    folder,
    restore: { as, append, groups: !noGroups && as === undefined && !append },
  };
}

function backUpOptions(values: CommandLine["values"], topics: readonly string[]): TopicsOptions {
  if (topics.length === 0) throw new UsageError("back-up needs the names of topics");
  if (values.to === undefined) throw new UsageError("back-up needs a folder: --to FOLDER");
  const foreign = (["topic", "as", "append", "no-groups"] as const).find(
    (name) => values[name] !== undefined,
  );
  if (foreign !== undefined) throw new UsageError(`--${foreign} does not belong to back-up`);
  return { command: "back-up", topics, folder: values.to };
}
