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

/** A record whose document, or a newer version of it, is in the index. */
export interface StoredRecord {
  record: SentimentRecord;
  /** Whether no newer version is known. */
  isNewest: boolean;
}

/** The outcome of a write. A 5xx error means that a retry of the call may store the record. */
export type StoreResult = StoredRecord | PlatformError;

/** Whether a busy or blocked part of the cluster refused an item, so that a retry may succeed soon. */
export function isBusy({ status, error }: BulkItem): boolean {
  return busyStatuses.has(status) || error?.type === "cluster_block_exception";
}

/** Whether the user lacks the privilege to write to the index. */
export function isForbidden(item: BulkItem): boolean {
  return (item.status === 401 || item.status === 403) && !isBusy(item);
}

/** Converts an item to its result in the metrics. */
export function toResult({ status, error = {} }: BulkItem): BulkResult {
  if (status < 300) return status === 200 ? "updated" : "created";
  if (status === 409) return "conflict";
  return isDocumentFault(error) ? "refused" : "waiting";
}

/** Converts an item to the outcome of its record. */
export function toOutcome(item: BulkItem, record: SentimentRecord, peer: PeerFacts): StoreResult {
  const { status, error = {} } = item;
  if (status < 300) return { record, isNewest: true };
  if (status === 409) return { record, isNewest: !isOlder(record, error.reason) };
  const cause = new Error(`${record.index}: ${status} ${error.type}: ${withoutContent(error.reason)}`);
  if (isDocumentFault(error)) return new DocumentRefusedError({ type: error.type ?? "unknown", cause });
  return isForbidden(item)
    ? new PeerBadAnswerError({ ...peer, cause })
    : new PeerUnavailableError({ ...peer, cause });
}

/** Whether a result is an error of the index or of Elasticsearch (502, 503 or 504), so that a retry of the call may succeed. */
export function isWaiting<Result>(result: Result | PlatformError): result is PlatformError {
  return result instanceof PlatformError && [502, 503, 504].includes(result.status);
}

/**
 * Whether the conflict is with a newer version. The same version means a repetition, whose first attempt may have ended
 * before the write to Kafka. An unknown reason counts as a repetition.
 */
function isOlder({ version }: SentimentRecord, reason = ""): boolean {
  const [, current] = /current version \[(\d+)\]/.exec(reason) ?? [];
  return version !== null && current !== undefined && Number(current) > version;
}

/** Removes the quoted parts of the document from a reason, because the log must not contain texts of posts. */
function withoutContent(reason = ""): string {
  return reason.replace(/(, request: \[|\. Preview of field's value: ).*/s, "");
}
