import { mapInParallel } from "../clients/map-in-parallel.ts";
import { createBatchLimit } from "./batch-limit.ts";
import { isClearRateLimit } from "./fault-kind.ts";
import type { Outcome } from "./read-answer.ts";
import { RpcError } from "./rpc-error.ts";

/** Sends some calls by one request. */
export type Exchange<Call> = (calls: readonly Call[]) => Promise<Outcome[]>;

/** Sends any number of calls by requests that the node takes, and gives their results in order. */
export type SendBatched<Call> = (calls: readonly Call[], exchange: Exchange<Call>) => Promise<unknown[]>;

/** Requests at a time for the same calls. */
const width = 4;

/**
 * Splits calls into batches of at most so many. Where a node refuses a batch, its first refused call is sent alone: when
 * that fails as well, its error is thrown; else the batch was at fault, and the others go in batches of half the size.
 * The size is remembered.
 */
export function batchedCalls<Call>(largest: number): SendBatched<Call> {
  const limit = createBatchLimit(largest);

  async function send(calls: readonly Call[], exchange: Exchange<Call>): Promise<unknown[]> {
    const size = limit.size();
    if (calls.length <= size) return sendBatch(calls, exchange);
    // Whether the node takes this size is learned from the first batch, not from several at once.
    const rest = limit.isProven(size) ? 0 : size;
    const first = rest === 0 ? [] : await sendBatch(calls.slice(0, rest), exchange);
    if (rest > 0) return [...first, ...(await send(calls.slice(rest), exchange))];
    const results = await mapInParallel(chunks(calls, size), width, (batch) => sendBatch(batch, exchange));
    return results.flat();
  }

  async function sendBatch(batch: readonly Call[], exchange: Exchange<Call>): Promise<unknown[]> {
    const outcomes = await outcomesOf(batch, exchange);
    const refused = batch.filter((_, index) => "error" in outcomes[index]!);
    const [first, ...others] = refused;
    if (first === undefined) {
      limit.prove(batch.length);
      return outcomes.map((outcome) => ("result" in outcome ? outcome.result : null));
    }
    const answered = batch.length - refused.length;
    const again = await sendBatch([first], exchange);
    if (others.length > 0) {
      const half = Math.floor(batch.length / 2);
      limit.lower(answered > 0 ? Math.min(answered, half) : half);
      again.push(...(await send(others, exchange)));
    }
    return outcomes.map((outcome) => ("result" in outcome ? outcome.result : again.shift()));
  }

  return send;
}

/** What came of each call; throws what is not the batch's fault. */
async function outcomesOf<Call>(batch: readonly Call[], exchange: Exchange<Call>): Promise<Outcome[]> {
  try {
    const outcomes = await exchange(batch);
    for (const outcome of outcomes) if ("error" in outcome) throwUnlessOfBatch(outcome.error, batch.length);
    return outcomes;
  } catch (error) {
    throwUnlessOfBatch(error, batch.length);
    return batch.map(() => ({ error }) as Outcome);
  }
}

function throwUnlessOfBatch(error: unknown, size: number): void {
  if (size === 1 || !mayConcernBatch(error)) throw error;
}

/** "batch too large", "too many calls in one request", "at most 10 calls per request" */
const ofBatch =
  /batch|\b(calls|requests|methods|items)\b.{0,30}\b(in|per) (an?|one|1|single|the|this|each)?( ?single| http)? ?(request|call|array)\b/i;

/** May a node have refused the batch and not its calls? Smaller batches help neither a slow node nor against its rate limit. */
function mayConcernBatch(error: unknown): boolean {
  if (!(error instanceof RpcError)) return /^(ECONNRESET|EPIPE)$/.test(String(Object(error).code));
  const { kind, refusal } = error;
  if (refusal.status === 413 || ofBatch.test(refusal.words)) return true;
  return kind !== "late" && !isClearRateLimit(refusal);
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
