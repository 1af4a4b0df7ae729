import type { Client } from "@elastic/elasticsearch";
import { retry } from "@platform/shared/clients/retry";
import { deleteDocuments } from "@platform/shared/elasticsearch/delete-documents";
import { NoConnectionError } from "@platform/shared/elasticsearch/elasticsearch-error";
import { PeerUnavailableError } from "@platform/shared/errors/peer-errors";
import type { PlatformError } from "@platform/shared/errors/platform-error";
import type { SentimentRecord } from "../enrich.ts";
import type { Metrics } from "../metrics.ts";
import { isBusy, isForbidden, isWaiting, type StoreResult, toOutcome, toResult } from "./bulk-outcome.ts";
import { bulkRequest } from "./bulk-request.ts";
import { createElasticsearchPeer } from "./elasticsearch-peer.ts";

/** Writes documents to their indexes. */
export interface ElasticsearchSink {
  /**
   * Stores records; returns one result for each, in order. A document that the index has in this version or a newer one
   * counts as stored. A document that can be retried is a PeerBadAnswerError (502), PeerUnavailableError (503) or
   * PeerTimeoutError (504).
   * @throws SecretMissingError (500).
   */
  store(records: readonly SentimentRecord[], signal: AbortSignal): Promise<StoreResult[]>;
  /**
   * Removes the documents with these ids from all open indexes `sentiment-*`.
   * @throws the errors of ElasticsearchPeer.request.
   */
  remove(ids: readonly string[], signal: AbortSignal): Promise<void>;
  close(): Promise<void>;
}

/** The connection and the time limit of the sink. */
export interface ElasticsearchSinkOptions {
  node: string;
  open: () => Promise<Client>;
  /** Time limit of a call for all sinks together, in milliseconds. */
  timeLimitMs: number;
  metrics: Pick<Metrics, "bulkItems" | "timeBulk" | "retried">;
}

const maxConnectAttempts = 3;
const idsInQuery = 1_000;

export function createElasticsearchSink({
  node,
  open,
  timeLimitMs,
  metrics,
}: ElasticsearchSinkOptions): ElasticsearchSink {
  const peer = createElasticsearchPeer(node, open);
  // Half of the time is reserved: stored documents must reach Kafka although others are retried.
  const shardWaitMs = Math.ceil(timeLimitMs / 4);
  const retriesMs = timeLimitMs / 2;

  /** Repeats the work while Elasticsearch is busy, for at most half of the call's time limit. */
  function retryWhileBusy(work: () => Promise<void>, signal: AbortSignal): Promise<void> {
    const deadline = Date.now() + retriesMs;
    const shouldRetry = (error: unknown, tries: number) =>
      Date.now() < deadline &&
      (error instanceof NoConnectionError
        ? tries < maxConnectAttempts
        : error instanceof PeerUnavailableError);
    return retry(work, { shouldRetry, signal, onRetry: () => metrics.retried("elasticsearch") });
  }

  return {
    async store(records, signal) {
      const results = new Map<SentimentRecord, StoreResult>();
      let pending = records;
      async function storePending(): Promise<void> {
        const items = await metrics.timeBulk(() => bulkRequest(peer, pending, { signal, shardWaitMs }));
        if (items.some(isForbidden)) await peer.reopen();
        for (const [index, record] of pending.entries())
          results.set(record, toOutcome(items[index]!, record, peer.facts));
        metrics.bulkItems(items.filter((item) => !isBusy(item)).map(toResult));
        pending = pending.filter((_, index) => isBusy(items[index]!));
        if (pending.length > 0) throw results.get(pending[0]!);
      }
      await retryWhileBusy(storePending, signal).catch((error: PlatformError) => {
        if (!isWaiting(error)) throw error;
        for (const record of pending) results.set(record, error);
        metrics.bulkItems(pending.map(() => "waiting"));
      });
      return records.map((record) => results.get(record)!);
    },
    async remove(ids, signal) {
      for (let start = 0; start < ids.length; start += idsInQuery) {
        const values = ids.slice(start, start + idsInQuery);
        const operation = { name: "delete_by_query", documents: values.length } as const;
        const work = async () => {
          await peer.request(
            operation,
            (client) => deleteDocuments(client, { ids: { values } }, signal),
            signal,
          );
        };
        await retryWhileBusy(work, signal);
      }
    },
    close: () => peer.close(),
  };
}
