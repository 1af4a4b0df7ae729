import type { KafkaMessage, Message } from "kafkajs";
import { RecentIds } from "../recent-ids.ts";

/** The compacted topic with the cursor of each feed. */
export const cursorsTopic = "feed-cursors";

/**
 * The state of a feed: its cursor, and the ids of its latest posts. It is stored as one message for the cursor, and one for
 * each of the latest batches, whose keys are reused in turn.
 */
export class FeedState {
  readonly recent = new RecentIds();
  cursor: string | undefined;
  /** The slot of the latest batch. */
  slot = 0;
  readonly #key: string;

  /** @param key the topic of the posts and the feed, such as `twitter/bluesky` */
  constructor(key: string) {
    this.#key = key;
  }

  /** Adds a message of the topic; messages must be added in order. Ignores those of other feeds. */
  add({ key, value }: Pick<KafkaMessage, "key" | "value">): void {
    const name = key?.toString();
    const content = value === null ? undefined : parse(value);
    if (name === undefined || content == null) return;
    if (name === this.#key) {
      this.cursor = content.cursor ?? this.cursor;
      this.slot = content.slot ?? this.slot;
    } else if (name.startsWith(`${this.#key}#`)) {
      this.recent.set(Number(name.slice(this.#key.length + 1)), content.ids?.split(" ") ?? []);
    }
  }

  /** Returns the messages that store a cursor, and the hashes of the ids of a batch in a slot. */
  messages(cursor: string, slot: number, hashes: readonly string[]): Message[] {
    const cursorMessage = {
      key: this.#key,
      value: JSON.stringify({ cursor, slot, at: new Date().toISOString() }),
    };
    if (hashes.length === 0) return [cursorMessage];
    return [cursorMessage, { key: `${this.#key}#${slot}`, value: JSON.stringify({ ids: hashes.join(" ") }) }];
  }
}

interface Content {
  cursor?: string;
  slot?: number;
  ids?: string;
}

function parse(value: Buffer): Content | null | undefined {
  try {
    return JSON.parse(value.toString()) as Content | null;
  } catch {
    return undefined;
  }
}
