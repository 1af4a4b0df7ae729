import { busyStatuses } from "@platform/shared/clients/peer-error";
import {
  PeerBadAnswerError,
  type PeerFacts,
  PeerUnavailableError,
} from "@platform/shared/errors/peer-errors";
import { PlatformError } from "@platform/shared/errors/platform-error";
import type { SentimentRecord } from "../enrich.ts";
import { DocumentRefusedError } from "../errors.ts";
import type { BulkResult } from "../metrics.ts";
import type { BulkItem } from "./bulk-request.ts";
import { isDocumentFault } from "./document-faults.ts";

/** A record whose document is in the index, or a newer version of it. */
export interface StoredRecord {
  record: SentimentRecord;
  /** Whether no newer version is known. */
  isNewest: boolean;
}

/** What became of a record: an error from 500 up means that it waits, and may be stored by the same call later. */
export type StoreResult = StoredRecord | PlatformError;

/** Whether an item was turned away by a busy or blocked part of the cluster, so that it may be taken in a moment. */
export function isBusy({ status, error }: BulkItem): boolean {
  return busyStatuses.has(status) || error?.type === "cluster_block_exception";
}

/** Whether Elasticsearch does not let the user write to the index. */
export function isForbidden(item: BulkItem): boolean {
  return (item.status === 401 || item.status === 403) && !isBusy(item);
}

/** The result of an item, for the metrics. */
export function resultOf({ status, error = {} }: BulkItem): BulkResult {
  if (status < 300) return status === 200 ? "updated" : "created";
  if (status === 409) return "conflict";
  return isDocumentFault(error) ? "refused" : "waiting";
}

/** What an item means for its record. */
export function outcomeOf(item: BulkItem, record: SentimentRecord, peer: PeerFacts): StoreResult {
  const { status, error = {} } = item;
  if (status < 300) return { record, isNewest: true };
  if (status === 409) return { record, isNewest: !isOlder(record, error.reason) };
  const cause = new Error(`${record.index}: ${status} ${error.type}: ${withoutContent(error.reason)}`);
  if (isDocumentFault(error)) return new DocumentRefusedError({ type: error.type ?? "unknown", cause });
  return isForbidden(item)
    ? new PeerBadAnswerError({ ...peer, cause })
    : new PeerUnavailableError({ ...peer, cause });
}

/** Whether a result is an error that the same call may not meet again: of the index or of Elasticsearch. */
export function isWaiting<Result>(result: Result | PlatformError): result is PlatformError {
  return result instanceof PlatformError && [502, 503, 504].includes(result.status);
}

/**
 * Whether the conflict is with a newer version. The same version is a repetition, whose first try may have ended before it
 * was written to Kafka; a reason of an unknown form counts as one.
 */
function isOlder({ version }: SentimentRecord, reason = ""): boolean {
  const [, current] = /current version \[(\d+)\]/.exec(reason) ?? [];
  return version !== null && current !== undefined && Number(current) > version;
}

/** A reason without the parts of the document that Elasticsearch quotes: the log has no texts of posts. */
function withoutContent(reason = ""): string {
  return reason.replace(/(, request: \[|\. Preview of field's value: ).*/s, "");
}
