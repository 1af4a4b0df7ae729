import { readFileSync } from "node:fs";
import { join } from "node:path";
import { isDocumentFault } from "../../functions/tweet-enrich/src/sinks/document-faults.ts";
import { root } from "../support/repo.ts";

const flow = readFileSync(join(root, "deploy", "base", "nifi", "twitter-sentiment.flow.json"), "utf8");

/** The patterns of the processor that recognises a document's fault: distinct types, a shared type, and reasons with that type. */
function patterns(): RegExp[] {
  const { flowContents } = JSON.parse(flow) as {
    flowContents: { processors: { name: string; properties: Record<string, string> }[] };
  };
  const { refused = "" } = flowContents.processors.find(
    ({ name }) => name === "Is the document refused for good",
  )!.properties;
  return [...refused.matchAll(/find\('([^']*)'\)/g)].map(([, pattern]) => new RegExp(pattern!));
}

it.each([
  ["document_parsing_exception", "[1:23] failed to parse field [polarity] of type [float]"],
  ["mapper_parsing_exception", "failed to parse field [polarity] of type [float]"],
  ["strict_dynamic_mapping_exception", "mapping set to strict, dynamic introduction of [x] is not allowed"],
  ["illegal_argument_exception", 'Document contains at least one immense term in field="twitter.handle"'],
  ["illegal_argument_exception", "Limit of total fields [1000] has been exceeded while adding new fields"],
  ["illegal_argument_exception", "Limit of mapping depth [20] has been exceeded due to object field [a]"],
  ["illegal_argument_exception", "Field name [xx] is longer than the limit of [1] characters"],
  ["illegal_argument_exception", "mapper [polarity] cannot be changed from type [long] to [float]"],
  ["illegal_argument_exception", "Number of documents in the index can't exceed [2147483519]"],
  ["illegal_argument_exception", "pipeline with id [nope] does not exist"],
  ["index_closed_exception", "closed"],
  ["cluster_block_exception", "index [sentiment-2018-10] blocked by: [FORBIDDEN/8/index write (api)];"],
  ["validation_exception", "Validation Failed: 1: this action would add [1] shards"],
  ["es_rejected_execution_exception", "rejected execution of coordinating operation"],
  ["security_exception", "action [indices:data/write/bulk[s]] is unauthorized for user [bob]"],
])("NiFi's flow and tweet-enrich agree on the cause of %s: %s", (type, reason) => {
  const [own, shared, reasons] = patterns();
  const item = JSON.stringify({ _index: "sentiment-2018-10", status: 400, error: { type, reason } });
  const isRefused = own!.test(item) || (shared!.test(item) && reasons!.test(item));
  expect(isRefused).toBe(isDocumentFault({ type, reason }));
});
