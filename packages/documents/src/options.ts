import { defineCommand, UsageError } from "@platform/cli/command";
import { settingsSection } from "@platform/shared/config/setting-rows";
import { documentsSettings } from "./config.ts";

/** The documents to delete: those with certain ids, or all of an author. */
export type Selection = { ids: readonly string[] } | { author: string };

/** The options of `npm run documents`. */
export interface DocumentsOptions {
  selection: Selection;
  /** Whether to only count the documents. */
  isDryRun: boolean;
}

/** The command `npm run documents`. */
export const documentsCommand = defineCommand({
  name: "npm run documents",
  summary:
    "Deletes documents of posts from all open indexes sentiment-* of Elasticsearch, for example at the request of a person.",
  operands: "delete",
  options: {
    id: {
      type: "string",
      value: "ID",
      multiple: true,
      description: "id of a document, which equals that of its post; may be repeated",
    },
    author: {
      type: "string",
      value: "HANDLE",
      description: "all documents of an author, by twitter.handle without regard to case",
    },
    "dry-run": { type: "boolean", description: "count the documents and delete none" },
  },
  sections: [
    settingsSection(documentsSettings),
    {
      heading: "What is not deleted",
      text: `Messages of Kafka's topics (twitter, twitter-enriched, dead letters), snapshots, backups, closed indexes, and posts of others
that quote or mention the author. A topic that still has the post stores it again when it is replayed.`,
    },
  ],
  exitCodes: { 1: "failure, or an index is closed and was not searched; the last line says why" },
});

type CommandLine = Pick<ReturnType<typeof documentsCommand.parse>, "values" | "operands">;

/**
 * Reads the command line of `npm run documents`.
 * @throws UsageError
 */
export function readOptions({ values, operands }: CommandLine): DocumentsOptions {
  const [command, ...rest] = operands;
  if (command !== "delete")
    throw new UsageError(`the command must be delete, not "${command ?? ""}" (see --help)`);
  if (rest.length > 0) throw new UsageError(`unexpected argument "${rest[0]}"; repeat --id for each id`);
  return { selection: readSelection(values), isDryRun: values["dry-run"] === true };
}

function readSelection({ id: ids, author }: CommandLine["values"]): Selection {
  if ((ids === undefined) === (author === undefined))
    throw new UsageError("exactly one of --id and --author is required");
  if (ids !== undefined) return { ids };
  const handle = author!.replace(/^@/, "");
  if (handle === "") throw new UsageError("--author needs a handle");
  return { author: handle };
}
