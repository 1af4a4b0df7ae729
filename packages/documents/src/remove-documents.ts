import type { Client } from "@elastic/elasticsearch";
import {
  closedIndexes,
  countDocuments,
  type DocumentCounts,
  deleteDocuments,
} from "@platform/shared/elasticsearch/delete-documents";
import type { DocumentsOptions, Selection } from "./options.ts";

/**
 * Deletes or counts the selected documents, and prints the number for each index.
 * @returns whether all indexes were searched
 * @throws the errors of deleteDocuments
 */
export async function removeDocuments(
  client: Client,
  { selection, isDryRun }: DocumentsOptions,
  print: (line: string) => void,
): Promise<boolean> {
  const query = toQuery(selection);
  const counts = await (isDryRun ? countDocuments(client, query) : deleteDocuments(client, query));
  for (const line of report(counts, isDryRun)) print(line);
  const closed = await closedIndexes(client);
  for (const index of closed)
    print(`${index} is closed and was not searched; open it and run the command again`);
  return closed.length === 0;
}

function toQuery(selection: Selection) {
  return "ids" in selection
    ? { ids: { values: [...selection.ids] } }
    : { term: { "twitter.handle": { value: selection.author, case_insensitive: true } } };
}

function report(counts: DocumentCounts, isDryRun: boolean): string[] {
  const verb = isDryRun ? "would be deleted" : "deleted";
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0);
  return [
    ...[...counts].sort().map(([index, count]) => `${index}: ${documents(count)} ${verb}`),
    `${documents(total)} ${verb} in all`,
  ];
}

function documents(count: number): string {
  return `${count} ${count === 1 ? "document" : "documents"}`;
}
