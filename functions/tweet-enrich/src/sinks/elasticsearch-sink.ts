import type { Client } from "@elastic/elasticsearch";
import { lazily } from "@platform/shared/clients/lazily";
import { busyStatuses, hostOf } from "@platform/shared/clients/peer-error";
import { retry } from "@platform/shared/clients/retry";
import {
  elasticsearchError,
  NoConnectionError,
  wasRefused,
} from "@platform/shared/elasticsearch/elasticsearch-error";
import {
  PeerBadAnswerError,
  PeerTimeoutError,
  PeerUnavailableError,
} from "@platform/shared/errors/peer-errors";
import type { SentimentRecord } from "../enrich.ts";
import { DocumentRefusedError } from "../errors.ts";

/** Writes documents to their indexes. */
export interface ElasticsearchSink {
  /**
   * One result for each record: the record once it is stored, or a DocumentRefusedError. One that is there already
   * counts as stored and stays as it is.
   * @throws PeerBadAnswerError (502), PeerUnavailableError (503), PeerTimeoutError (504); the same call again stores what
   * is missing.
   */
  store(
    records: readonly SentimentRecord[],
    signal: AbortSignal,
  ): Promise<(SentimentRecord | DocumentRefusedError)[]>;
  close(): Promise<void>;
}

/** What is asked of the answer to a bulk request. */
interface BulkAnswer {
  errors: boolean;
  items?: { create: BulkItem }[];
}
interface BulkItem {
  status: number;
  error?: { type?: string; reason?: string };
}

/** A peer that is not there is asked so many times; one that is there and busy, as long as there is time. */
const triesWithoutConnection = 3;
/** Says with a 400 that the cluster may have no more indexes: nothing is wrong with the document. */
const noRoom = "validation_exception";

export function createElasticsearchSink(node: string, open: () => Promise<Client>): ElasticsearchSink {
  const client = lazily(open);
  const peer = { setting: "ELASTICSEARCH_URL", host: hostOf(node) };

  /** Whoever is refused gets the secrets anew the next time: they may have changed. */
  async function reopen(): Promise<void> {
    const refused = await client.drop();
    await refused?.close();
  }

  async function bulk(records: readonly SentimentRecord[], signal: AbortSignal): Promise<BulkAnswer> {
    const elasticsearch = await client.get();
    const operations = records.flatMap(({ id, index, document }) => [
      { create: { _index: index, _id: id } },
      document,
    ]);
    try {
      return (await elasticsearch.bulk(
        {
          operations,
          filter_path: ["errors", "items.*.status", "items.*.error.type", "items.*.error.reason"],
        },
        { signal },
      )) as BulkAnswer;
    } catch (cause) {
      if (wasRefused(cause)) await reopen();
      throw signal.aborted ? new PeerTimeoutError({ ...peer, cause }) : elasticsearchError(peer, cause);
    }
  }

  return {
    async store(records, signal) {
      const results = new Map<SentimentRecord, SentimentRecord | DocumentRefusedError>();
      let left = records;
      const isPassing = (error: unknown, tries: number) =>
        error instanceof NoConnectionError
          ? tries < triesWithoutConnection
          : error instanceof PeerUnavailableError;
      await retry(
        async () => {
          const { errors, items = [] } = await bulk(left, signal);
          if (errors && items.length !== left.length) {
            throw new PeerBadAnswerError({
              ...peer,
              cause: new Error(`${items.length} of ${left.length} items`),
            });
          }
          // Who may not write to an index is told so of each item.
          if (items.some(({ create }) => create.status === 403 && !isBusy(create))) await reopen();
          const busy: SentimentRecord[] = [];
          for (const [index, record] of left.entries()) {
            const item = errors ? items[index]!.create : { status: 201 };
            if (isBusy(item)) busy.push(record);
            else results.set(record, resultOf(item, record, peer));
          }
          left = busy;
          if (busy.length > 0)
            throw new PeerUnavailableError({ ...peer, cause: new Error(`${busy.length} items refused`) });
        },
        { shouldRetry: isPassing, signal },
      );
      return records.map((record) => results.get(record)!);
    },
    async close() {
      await (await client.drop())?.close();
    },
  };
}

function isBusy({ status, error }: BulkItem): boolean {
  return busyStatuses.has(status) || error?.type === "cluster_block_exception";
}

function resultOf(
  { status, error = {} }: BulkItem,
  record: SentimentRecord,
  peer: { setting: string; host: string },
) {
  if (status < 300 || status === 409) return record;
  const cause = new Error(`${status} ${error.type}: ${error.reason}`);
  if (status === 400 && error.type !== noRoom)
    return new DocumentRefusedError({ type: error.type ?? "unknown", cause });
  throw new PeerBadAnswerError({ ...peer, cause });
}
