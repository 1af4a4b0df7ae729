import { mapInParallel } from "../clients/map-in-parallel.ts";
import { createBatchLimit } from "./batch-limit.ts";
import { isClearRateLimit } from "./fault-kind.ts";
import type { Outcome } from "./read-answer.ts";
import { RpcError } from "./rpc-error.ts";

/** Sends calls in one request. */
export type Exchange<Call> = (calls: readonly Call[]) => Promise<Outcome[]>;

/** Sends any number of calls in requests that the node accepts, and returns their results in order. */
export type SendBatched<Call> = (calls: readonly Call[], exchange: Exchange<Call>) => Promise<unknown[]>;

/** Concurrent requests for the same calls. */
const width = 4;

/**
 * Splits calls into batches. When a node refuses a batch, the first refused call is sent alone. If that fails too, its error is
 * thrown. Otherwise the batch was too large, and the others are sent in batches of half the size, which is remembered.
 */
export function batchedCalls<Call>(largest: number): SendBatched<Call> {
  const limit = createBatchLimit(largest);

  async function send(calls: readonly Call[], exchange: Exchange<Call>): Promise<unknown[]> {
    const size = limit.size();
    if (calls.length <= size) return sendBatch(calls, exchange);
    // The first batch tests whether the node accepts this size. The others follow.
    if (!limit.isProven(size)) {
      const first = await sendBatch(calls.slice(0, size), exchange);
      return [...first, ...(await send(calls.slice(size), exchange))];
    }
    const results = await mapInParallel(chunks(calls, size), width, (batch) => sendBatch(batch, exchange));
    return results.flat();
  }

  async function sendBatch(batch: readonly Call[], exchange: Exchange<Call>): Promise<unknown[]> {
    const outcomes = await readOutcomes(batch, exchange);
    const refused = batch.filter((_, index) => "error" in outcomes[index]!);
    const [first, ...others] = refused;
    if (first === undefined) {
      limit.recordAccepted(batch.length);
      return outcomes.map((outcome) => ("result" in outcome ? outcome.result : null));
    }
    const answered = batch.length - refused.length;
    const retried = await sendBatch([first], exchange);
    if (others.length > 0) {
      const half = Math.floor(batch.length / 2);
      limit.lower(answered > 0 ? Math.min(answered, half) : half);
      retried.push(...(await send(others, exchange)));
    }
    return outcomes.map((outcome) => ("result" in outcome ? outcome.result : retried.shift()));
  }

  return send;
}

/** The outcome of each call. Throws an error that a smaller batch would not avoid. */
async function readOutcomes<Call>(batch: readonly Call[], exchange: Exchange<Call>): Promise<Outcome[]> {
  try {
    const outcomes = await exchange(batch);
    for (const outcome of outcomes)
      if ("error" in outcome) throwUnlessBatchError(outcome.error, batch.length);
    return outcomes;
  } catch (error) {
    throwUnlessBatchError(error, batch.length);
    return batch.map(() => ({ error }) as Outcome);
  }
}

function throwUnlessBatchError(error: unknown, size: number): void {
  if (size === 1 || !mayConcernBatch(error)) throw error;
}

/** "batch too large", "too many calls in one request", "at most 10 calls per request" */
const batchLimit =
  /batch|\b(calls|requests|methods|items)\b.{0,30}\b(in|per) (an?|one|1|single|the|this|each)?( ?single| http)? ?(request|call|array)\b/i;

/** Whether the size of the batch may be the cause. A smaller batch helps neither a slow node nor against a rate limit. */
function mayConcernBatch(error: unknown): boolean {
  if (!(error instanceof RpcError)) return /^(ECONNRESET|EPIPE)$/.test(String(Object(error).code));
  const { kind, refusal } = error;
  if (refusal.status === 413 || batchLimit.test(refusal.message)) return true;
  return kind !== "late" && !isClearRateLimit(refusal);
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
