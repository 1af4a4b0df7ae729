import type { CompactLetter } from "./letter.ts";
import type { LettersClient } from "./letters-client.ts";
import type { Settlement, Settler } from "./settler.ts";

/** Receives the number of settled letters and their total. */
export type SettleProgress = (settled: number, total: number) => void;

interface SettleOptions<Item> {
  settler: Settler;
  toSettlement(item: Item): Promise<Settlement>;
  client: Pick<LettersClient, "signal">;
  /** The maximum number of letters in a transaction. */
  batchSize: number;
  progress: SettleProgress;
}

/** The size limit of a transaction with several messages: by default a topic takes batches up to a megabyte. */
const maxBytes = 900_000;

/**
 * Settles letters in order, one transaction after the other, until the signal fires. Returns the letters whose message exceeds
 * the size limit of its topic.
 * @throws the signal's reason, and the errors of settle().
 */
export async function settleAll<Item>(
  items: readonly Item[],
  { batchSize, client: { signal }, progress, settler, toSettlement }: SettleOptions<Item>,
): Promise<CompactLetter[]> {
  const refused: CompactLetter[] = [];
  let batch: Settlement[] = [];
  let bytes = 0;
  let settled = 0;
  const settleBatch = async () => {
    if (batch.length === 0) return;
    signal.throwIfAborted();
    refused.push(...(await settler.settle(batch)).map(({ letter }) => letter));
    settled += batch.length;
    progress(settled, items.length);
    batch = [];
    bytes = 0;
  };
  for (const item of items) {
    const settlement = await toSettlement(item);
    const size = countBytes(settlement);
    if (batch.length >= batchSize || bytes + size > maxBytes) await settleBatch();
    batch.push(settlement);
    bytes += size;
  }
  await settleBatch();
  return refused;
}

function countBytes({ message, outcomes }: Settlement): number {
  const messages = [...outcomes, ...(message === undefined ? [] : [message.message])];
  return messages.reduce((sum, { headers = {}, key, value }) => {
    const parts = [key, value, ...Object.entries(headers).flat(2)];
    return parts.reduce(
      (size: number, part) => size + (part == null ? 0 : Buffer.byteLength(part)),
      sum + 100,
    );
  }, 0);
}
