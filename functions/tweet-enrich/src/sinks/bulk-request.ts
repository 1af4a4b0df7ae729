import { PeerBadAnswerError } from "@platform/shared/errors/peer-errors";
import type { PlatformError } from "@platform/shared/errors/platform-error";
import type { SentimentRecord } from "../enrich.ts";
import type { ElasticsearchFault } from "./document-faults.ts";
import type { ElasticsearchPeer } from "./elasticsearch-peer.ts";

/** Elasticsearch's result for one document of a bulk request. */
export interface BulkItem {
  status: number;
  error?: ElasticsearchFault;
}

interface BulkAnswer {
  errors: boolean;
  items?: Partial<Record<"create" | "index", BulkItem>>[];
}

/** Statuses with which Elasticsearch, or a proxy in front of it, refuses the content of a request. */
const contentRefused = new Set([400, 413]);
const stored: BulkItem = { status: 201 };

/** Options of a bulk request. */
export interface BulkOptions {
  signal: AbortSignal;
  /** How long Elasticsearch may wait for a shard or a new index, in milliseconds. */
  shardWaitMs: number;
}

/**
 * Writes records with one bulk request; returns one item for each, in order. Halves a request that is refused as a whole
 * until the refused document is isolated.
 * @throws the errors of ElasticsearchPeer.request.
 */
export async function bulkRequest(
  peer: ElasticsearchPeer,
  records: readonly SentimentRecord[],
  options: BulkOptions,
): Promise<BulkItem[]> {
  try {
    return await bulkOnce(peer, records, options);
  } catch (error) {
    const refusal = toRefusal(error as PlatformError);
    if (refusal === undefined) throw error;
    if (records.length === 1) return [refusal];
    const middle = Math.ceil(records.length / 2);
    return [
      ...(await bulkRequest(peer, records.slice(0, middle), options)),
      ...(await bulkRequest(peer, records.slice(middle), options)),
    ];
  }
}

async function bulkOnce(
  peer: ElasticsearchPeer,
  records: readonly SentimentRecord[],
  { signal, shardWaitMs }: BulkOptions,
): Promise<BulkItem[]> {
  const request = {
    operations: records.flatMap((record) => [toOperation(record), record.document]),
    timeout: `${shardWaitMs}ms`,
    filter_path: ["errors", "items.*.status", "items.*.error.type", "items.*.error.reason"],
  };
  const answer = await peer.request(
    { name: "bulk", documents: records.length },
    (client, headers) => client.bulk(request, { signal, headers }),
    signal,
  );
  const { errors, items = [] } = answer as unknown as BulkAnswer;
  if (items.length !== records.length) {
    if (!errors) return records.map(() => stored);
    const cause = new Error(`${items.length} of ${records.length} items`);
    throw new PeerBadAnswerError({ ...peer.facts, cause });
  }
  return items.map(({ create, index }) => create ?? index!);
}

/** A record with a version replaces older versions; a record without a version replaces nothing. */
function toOperation({ id, index, version }: SentimentRecord) {
  return version === null
    ? { create: { _index: index, _id: id } }
    : { index: { _index: index, _id: id, version, version_type: "external" as const } };
}

/** Elasticsearch's refusal of the content of a request; undefined for another failure. */
function toRefusal({ cause }: PlatformError): BulkItem | undefined {
  const { statusCode, body } = (cause ?? {}) as { statusCode?: number; body?: unknown };
  if (statusCode === undefined || !contentRefused.has(statusCode)) return undefined;
  const { error } = (body ?? {}) as { error?: ElasticsearchFault };
  return { status: statusCode, error: { type: error?.type, reason: error?.reason } };
}
