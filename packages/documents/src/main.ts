import { exitWithUsageError, readCommandLine, UsageError } from "@platform/cli/command";
import { hostOf } from "@platform/shared/clients/peer-error";
import { elasticsearchError } from "@platform/shared/elasticsearch/elasticsearch-error";
import { openElasticsearch } from "@platform/shared/elasticsearch/open-elasticsearch";
import { PlatformError } from "@platform/shared/errors/platform-error";
import { ConfigError } from "@platform/shared/errors/server-errors";
import { readDocumentsConfig } from "./config.ts";
import { type DocumentsOptions, documentsCommand, readOptions } from "./options.ts";
import { removeDocuments } from "./remove-documents.ts";

/** `npm run documents`: deletes documents by hand. */
async function main(): Promise<void> {
  const options = readOptions(readCommandLine(documentsCommand));
  if (!(await removeFrom(readDocumentsConfig(), options))) process.exitCode = 1;
}

async function removeFrom(
  config: ReturnType<typeof readDocumentsConfig>,
  options: DocumentsOptions,
): Promise<boolean> {
  const { ELASTICSEARCH_URL: url } = config;
  const client = await openElasticsearch(url, config);
  try {
    return await removeDocuments(client, options, (line) => console.log(line));
  } catch (cause) {
    throw elasticsearchError({ setting: "ELASTICSEARCH_URL", host: hostOf(url) }, cause);
  } finally {
    await client.close();
  }
}

/** The sentence of an error that is to be expected, with Elasticsearch's own words. */
function sentenceOf({ message, cause }: PlatformError): string {
  const [reason = ""] = cause instanceof Error ? cause.message.split("\n") : [];
  return reason === "" ? message : `${message} (${reason})`;
}

main().catch((error: unknown) => {
  if (error instanceof UsageError) exitWithUsageError(documentsCommand, error);
  const isExpected = error instanceof PlatformError;
  const lines = error instanceof ConfigError ? error.problems : isExpected ? [sentenceOf(error)] : [];
  for (const line of lines) console.error(`npm run documents: ${line}`);
  if (!isExpected) console.error(error);
  process.exit(1);
});
