import { PlatformError } from "@platform/shared/errors/platform-error";
import type { SentimentRecord } from "../enrich.ts";
import { isWaiting, toOutcome } from "./bulk-outcome.ts";
import type { BulkItem } from "./bulk-request.ts";

const record = { id: "1", index: "sentiment-2018-10", version: 5 } as SentimentRecord;
const outcome = (status: number, type?: string, reason?: string, written = record) => {
  const item: BulkItem = type === undefined ? { status } : { status, error: { type, reason } };
  return toOutcome(item, written, { setting: "ELASTICSEARCH_URL", host: "h:1" });
};
const toStatus = (result: unknown) => (result instanceof PlatformError ? result.status : "stored");

it.each([
  ["stored", 201, undefined, undefined],
  ["stored", 200, undefined, undefined],
  ["stored", 409, "version_conflict_engine_exception", "document already exists"],
  [422, 400, "document_parsing_exception", "failed to parse field [polarity]"],
  [503, 400, "index_closed_exception", "closed"],
  [503, 400, "validation_exception", "this action would add [1] shards"],
  [503, 404, "index_not_found_exception", "no such index"],
  [503, 403, "cluster_block_exception", "blocked by: [FORBIDDEN/8/index write (api)];"],
  [503, 429, "cluster_block_exception", "read-only-allow-delete"],
  [503, 500, "a_type_of_tomorrow", "whatever"],
  [502, 403, "security_exception", "unauthorized"],
  [502, 401, "security_exception", "unknown user"],
])("is %p for an item with %d %s", (expected, status, type, reason) => {
  const result = outcome(status, type, reason);
  expect(toStatus(result)).toBe(expected);
  expect(isWaiting(result)).toBe(expected === 502 || expected === 503);
});

it("reads from the conflict whether the index has a newer version", () => {
  const conflict = (current: number) =>
    outcome(
      409,
      "version_conflict_engine_exception",
      `[1]: version conflict, current version [${current}] is higher or equal to the one provided [5]`,
    );
  expect(conflict(5)).toEqual({ record, isNewest: true });
  expect(conflict(6)).toEqual({ record, isNewest: false });
});

it("counts an existing document without a version as stored, in any version", () => {
  const reason = "[1]: version conflict, document already exists (current version [7])";
  const unversioned = { ...record, version: null };
  expect(outcome(409, "version_conflict_engine_exception", reason, unversioned)).toEqual({
    record: unversioned,
    isNewest: true,
  });
});

it("removes the quoted post from the cause", () => {
  const quotes = [
    "failed to parse field [x] in document with id '1'. Preview of field's value: 'private'",
    "primary shard is not active Timeout: [1s], request: [BulkShardRequest [private]]",
  ];
  for (const reason of quotes) {
    const { cause } = outcome(503, "unavailable_shards_exception", reason) as PlatformError;
    expect(String(cause)).not.toContain("private");
  }
});
