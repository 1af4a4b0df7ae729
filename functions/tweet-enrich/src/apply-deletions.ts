import type { Batch } from "@platform/shared/function/batch";
import type { Clients } from "./clients.ts";
import { Deletion } from "./deletion.ts";
import type { Tweet } from "./tweet.ts";

/** Ids of documents; see StorageLocation.id. */
export type DocumentIds = ReadonlySet<string>;

export const emptyIds: DocumentIds = new Set();

/** Collects the ids of the posts whose deletion the call reports. */
export function deletedIds(tweets: Batch<Tweet>): DocumentIds {
  return new Set(tweets.skipped().flatMap((item) => (item instanceof Deletion ? [item.id] : [])));
}

/**
 * Removes documents from the index, then writes tombstones to the topic. A repeated call writes the tombstones again,
 * because the first attempt may have ended before them.
 */
export async function applyDeletions(
  deleted: DocumentIds,
  { elasticsearch, kafka }: Pick<Clients, "elasticsearch" | "kafka">,
  signal: AbortSignal,
): Promise<void> {
  if (deleted.size === 0) return;
  const ids = [...deleted];
  await elasticsearch?.remove(ids, signal);
  await kafka?.remove(ids, signal);
}
