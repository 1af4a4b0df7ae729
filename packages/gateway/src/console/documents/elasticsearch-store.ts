import { toHost } from "@platform/shared/clients/peer-error";
import { createElasticsearchConnection } from "@platform/shared/elasticsearch/elasticsearch-connection";
import { elasticsearchError } from "@platform/shared/elasticsearch/elasticsearch-error";
import type { ElasticsearchConfig } from "@platform/shared/elasticsearch/elasticsearch-settings";
import { openElasticsearch } from "@platform/shared/elasticsearch/open-elasticsearch";
import { PlatformError } from "@platform/shared/errors/platform-error";
import type { DocumentStore } from "./document-store.ts";
import type { Ask } from "./elasticsearch/ask.ts";
import { searchElasticsearch } from "./elasticsearch/search.ts";
import { summarizeElasticsearch } from "./elasticsearch/summarize.ts";
import { summarizeWindow } from "./elasticsearch/summarize-window.ts";
import type { StoredDocument } from "./scored-post.ts";

const timeoutMs = 5_000;
const indexes = "sentiment-*";

/** The documents in Elasticsearch's indexes `sentiment-*`, by queries. */
export function elasticsearchStore(url: string, config: ElasticsearchConfig): DocumentStore {
  const connection = createElasticsearchConnection(() => openElasticsearch(url, config));
  const peer = { setting: "ELASTICSEARCH_URL", host: toHost(url) };

  const ask: Ask = async (request, signal) => {
    const body = {
      index: indexes,
      // An index that cannot be read is an error, not a smaller count.
      allow_partial_search_results: false,
      ...request,
    };
    const options = { requestTimeout: timeoutMs, ...(signal && { signal }) };
    try {
      return await connection.request((client) => client.search<StoredDocument>(body, options));
    } catch (cause) {
      // A missing secret.
      if (cause instanceof PlatformError) throw cause;
      throw readStatus(cause) === 400 ? new MappingError(cause) : elasticsearchError(peer, cause);
    }
  };

  return {
    summarize: (window) => summarizeWindow(ask, window),
    search: (search) => searchElasticsearch(ask, search),
    summarizeMatches: (condition, signal) => summarizeElasticsearch(ask, condition, signal),
    async read({ index, id }, signal) {
      const filter = [{ term: { _index: { value: index } } }, { ids: { values: [id] } }];
      const { hits } = await ask({ size: 1, query: { bool: { filter } } }, signal);
      return hits.hits[0]?._source;
    },
    close: () => connection.close(),
  };
}

/** 502: the indexes were created without the platform's template, so dates are mapped as text. */
class MappingError extends PlatformError {
  constructor(cause: unknown) {
    const detail =
      "ELASTICSEARCH_URL: an index sentiment-* lacks the mapping of deploy/base/elasticsearch/sentiment-index-template.json.";
    super({ status: 502, code: "mapping_missing", detail, cause });
  }
}

function readStatus(cause: unknown): number | undefined {
  return (cause as { statusCode?: number }).statusCode;
}
