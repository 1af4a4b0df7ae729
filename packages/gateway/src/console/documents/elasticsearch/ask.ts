import type { estypes } from "@elastic/elasticsearch";
import type { StoredDocument } from "../scored-post.ts";

/** Searches the indexes of documents. @throws PlatformError that names the setting and the host */
export type Ask = (
  request: estypes.SearchRequest,
  signal?: AbortSignal,
) => Promise<estypes.SearchResponse<StoredDocument>>;
