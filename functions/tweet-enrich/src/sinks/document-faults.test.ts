import { isDocumentFault } from "./document-faults.ts";

it.each([
  ["document_parsing_exception", "[1:23] failed to parse field [polarity] of type [float]"],
  ["mapper_parsing_exception", "failed to parse field [polarity] of type [float]"],
  ["strict_dynamic_mapping_exception", "mapping set to strict, dynamic introduction of [x] is not allowed"],
  ["illegal_argument_exception", 'Document contains at least one immense term in field="twitter.handle"'],
  [
    "illegal_argument_exception",
    "Limit of total fields [1000] has been exceeded while adding new fields [1]",
  ],
  ["illegal_argument_exception", "Limit of mapping depth [20] has been exceeded due to object field [a]"],
  ["illegal_argument_exception", "Field name [xx] is longer than the limit of [1] characters"],
  ["illegal_argument_exception", "if _id is specified it must not be empty"],
  [
    "action_request_validation_exception",
    "Validation Failed: 1: id [xx] is too long, must be no longer than 512 bytes but was: 600;",
  ],
  [
    "action_request_validation_exception",
    "Validation Failed: 1: illegal version value [-1] for version type [EXTERNAL];",
  ],
])("classifies %s: %s as a fault of the document", (type, reason) => {
  expect(isDocumentFault({ type, reason })).toBe(true);
});

it.each([
  ["index_closed_exception", "closed"],
  ["cluster_block_exception", "index [sentiment-2018-10] blocked by: [FORBIDDEN/8/index write (api)];"],
  ["validation_exception", "Validation Failed: 1: this action would add [1] shards"],
  ["index_not_found_exception", "no such index [sentiment-2018-10]"],
  ["invalid_index_name_exception", "Invalid index name"],
  ["illegal_argument_exception", "mapper [polarity] cannot be changed from type [long] to [float]"],
  ["illegal_argument_exception", "can't merge a non object mapping [twitter] with an object mapping"],
  ["illegal_argument_exception", "pipeline with id [nope] does not exist"],
  ["illegal_argument_exception", "no write index is defined for alias [sentiment-2018-10]"],
  ["illegal_argument_exception", "Number of documents in the index can't exceed [2147483519]"],
  ["unavailable_shards_exception", "primary shard is not active"],
  ["es_rejected_execution_exception", "rejected execution of coordinating operation"],
  ["circuit_breaking_exception", "[parent] Data too large"],
  ["security_exception", "action [indices:data/write/bulk[s]] is unauthorized for user [bob]"],
  ["a_type_of_tomorrow", "whatever"],
  [undefined, undefined],
])("classifies %s: %s as possibly temporary", (type, reason) => {
  expect(isDocumentFault({ type, reason })).toBe(false);
});
