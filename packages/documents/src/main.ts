import { readCommandLine } from "@platform/cli/command";
import { toHost } from "@platform/shared/clients/peer-error";
import { elasticsearchError } from "@platform/shared/elasticsearch/elasticsearch-error";
import { openElasticsearch } from "@platform/shared/elasticsearch/open-elasticsearch";
import { exitWithError } from "@platform/shared/service/exit-with-error";
import { readDocumentsConfig } from "./config.ts";
import { type DocumentsOptions, documentsCommand, readOptions } from "./options.ts";
import { removeDocuments } from "./remove-documents.ts";

/** `npm run documents`: deletes documents. */
async function main(): Promise<void> {
  const options = readOptions(readCommandLine(documentsCommand));
  if (!(await runDocumentsCommand(readDocumentsConfig(), options))) process.exitCode = 1;
}

async function runDocumentsCommand(
  config: ReturnType<typeof readDocumentsConfig>,
  options: DocumentsOptions,
): Promise<boolean> {
  const { ELASTICSEARCH_URL: url } = config;
  const client = await openElasticsearch(url, config);
  try {
    return await removeDocuments(client, options, (line) => console.log(line));
  } catch (cause) {
    throw elasticsearchError({ setting: "ELASTICSEARCH_URL", host: toHost(url) }, cause);
  } finally {
    await client.close();
  }
}

main().catch((error: unknown) => exitWithError(documentsCommand, error));
