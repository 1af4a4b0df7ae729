import type { Client, estypes } from "@elastic/elasticsearch";

const indexes = "sentiment-*";
const pageSize = 1_000;

/** The number of documents by index. */
export type DocumentCounts = ReadonlyMap<string, number>;

/** Elasticsearch refused to delete a document; `statusCode` is that of the document. */
class DeletionRefusedError extends Error {
  override readonly name = "DeletionRefusedError";
  readonly statusCode: number;

  constructor({
    index,
    status,
    type,
    reason,
  }: { index: string; status: number; type: string; reason: string }) {
    super(`${index}: ${status} ${type}: ${reason}`);
    this.statusCode = status;
  }
}

/**
 * Deletes the documents that match a query from all open indexes `sentiment-*`, including those that were indexed just now.
 * @returns the number of deleted documents by index
 * @throws DeletionRefusedError, or the client's error. Documents that were deleted before it stay deleted.
 */
export async function deleteDocuments(
  client: Client,
  query: estypes.QueryDslQueryContainer,
  signal?: AbortSignal,
): Promise<DocumentCounts> {
  const options = signal === undefined ? {} : { signal };
  const deleted = new Map<string, number>();
  for (;;) {
    await client.indices.refresh({ index: indexes }, options);
    const { hits } = await client.search(
      { index: indexes, query, size: pageSize, _source: false, allow_partial_search_results: false },
      options,
    );
    if (hits.hits.length === 0) return deleted;
    const operations = hits.hits.map(({ _index, _id }) => ({ delete: { _index, _id: _id! } }));
    const { items } = await client.bulk({ operations }, options);
    for (const { delete: item } of items) {
      const { _index: index, status, result, error } = item!;
      if (error !== undefined)
        throw new DeletionRefusedError({ index, status, type: error.type, reason: error.reason ?? "" });
      if (result === "deleted") deleted.set(index, (deleted.get(index) ?? 0) + 1);
    }
  }
}

/** Counts the documents that match a query in each open index `sentiment-*`. */
export async function countDocuments(
  client: Client,
  query: estypes.QueryDslQueryContainer,
): Promise<DocumentCounts> {
  await client.indices.refresh({ index: indexes });
  const { aggregations } = await client.search({
    index: indexes,
    query,
    size: 0,
    allow_partial_search_results: false,
    aggs: { indexes: { terms: { field: "_index", size: 10_000, order: { _key: "asc" } } } },
  });
  const { buckets } = aggregations!.indexes as { buckets: { key: string; doc_count: number }[] };
  return new Map(buckets.map(({ key, doc_count }) => [key, doc_count]));
}

/** The closed indexes `sentiment-*`, which no search reads. */
export async function closedIndexes(client: Client): Promise<string[]> {
  const { indices } = await client.indices.resolveIndex({ name: indexes, expand_wildcards: "all" });
  return indices.filter(({ attributes }) => attributes.includes("closed")).map(({ name }) => name);
}
