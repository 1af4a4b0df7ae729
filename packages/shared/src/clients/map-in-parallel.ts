/**
 * Maps items with at most `width` concurrent calls, and returns the results in the order of the items. After a failure, no
 * further call starts.
 * @throws the first failure
 */
export async function mapInParallel<Item, Result>(
  items: readonly Item[],
  width: number,
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  let hasFailed = false;
  const drain = async () => {
    for (const [index, item] of queue) {
      if (hasFailed) return;
      results[index] = await work(item);
    }
  };
  const workers = Array.from({ length: Math.min(width, items.length) }, drain);
  try {
    await Promise.all(workers);
  } catch (error) {
    hasFailed = true;
    throw error;
  }
  return results;
}
