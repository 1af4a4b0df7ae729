/** An error of Elasticsearch for a document in a bulk request, or for a request. */
export interface ElasticsearchFault {
  type?: string | undefined;
  reason?: string | undefined;
}

/** Types that always mean a fault of the document: it does not fit the mapping, or cannot be parsed. */
const documentTypes = new Set([
  "mapper_parsing_exception",
  "document_parsing_exception",
  "strict_dynamic_mapping_exception",
  "x_content_parse_exception",
  "x_content_e_o_f_exception",
]);

/** Types that mean a fault of the document or of its index; only the reasons below mean the document. */
const sharedTypes = new Set(["illegal_argument_exception", "action_request_validation_exception"]);
const documentReasons = [
  /\bimmense term\b/,
  /\bLimit of (total fields|mapping depth|nested fields) \[/,
  /\bnumber of nested documents has exceeded the allowed limit\b/,
  /\bField name \[.*\] is longer than the limit of \[/s,
  /\bfield name cannot (be an empty string|contain only whitespace)\b/,
  /\b_id is specified it must not be empty\b/,
  /\bid \[.*\] is too long, must be no longer than \d+ bytes\b/s,
  /\billegal version value \[/,
];

/**
 * Whether an error is a known fault of the document, so that a retry would fail again. All other errors may be temporary: a
 * closed or blocked index, a limit of the cluster, missing privileges, a busy node.
 */
export function isDocumentFault({ type = "", reason = "" }: ElasticsearchFault): boolean {
  return (
    documentTypes.has(type) || (sharedTypes.has(type) && documentReasons.some((known) => known.test(reason)))
  );
}
