/** A partition of a topic, as a function gets it. */
export interface FunctionPartition {
  functionName: string;
  topic: string;
  partition: number;
}

/** Messages of a partition that are being delivered together. */
export interface DeliveryProgress {
  /** A try has failed, and another is to follow. */
  blocked(): void;
  /** The messages have their outcome, or the partition was revoked. */
  end(): void;
}

/** The partitions that stand still because a call is being retried. */
export class BlockedPartitions {
  readonly #blocked = new Map<DeliveryProgress, FunctionPartition & { since: number }>();

  /** Begins the delivery of messages; the time until `blocked` counts as well. */
  begin(place: FunctionPartition): DeliveryProgress {
    const since = Date.now();
    const progress: DeliveryProgress = {
      blocked: () => void this.#blocked.set(progress, { ...place, since }),
      end: () => void this.#blocked.delete(progress),
    };
    return progress;
  }

  /** Each blocked partition, with the seconds since the first try of what blocks it. */
  *values(): Generator<FunctionPartition & { seconds: number }> {
    for (const { since, ...place } of this.#blocked.values())
      yield { ...place, seconds: (Date.now() - since) / 1000 };
  }
}
