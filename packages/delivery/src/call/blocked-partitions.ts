/** A partition of a topic that a function consumes. */
export interface FunctionPartition {
  functionName: string;
  topic: string;
  partition: number;
}

/** A delivery of messages of a partition. */
export interface DeliveryProgress {
  /** An attempt failed, and a retry follows. */
  blocked(): void;
  /** The delivery ended, or the partition was revoked. */
  end(): void;
}

/** The partitions that are blocked because a call is retried. */
export class BlockedPartitions {
  readonly #blocked = new Map<DeliveryProgress, FunctionPartition & { since: number }>();

  /** Starts a delivery. The blocked time counts from here. */
  begin(partition: FunctionPartition): DeliveryProgress {
    const since = Date.now();
    const progress: DeliveryProgress = {
      blocked: () => void this.#blocked.set(progress, { ...partition, since }),
      end: () => void this.#blocked.delete(progress),
    };
    return progress;
  }

  /** Each blocked partition, with the seconds since the first try of the retried call. */
  *values(): Generator<FunctionPartition & { seconds: number }> {
    for (const { since, ...partition } of this.#blocked.values())
      yield { ...partition, seconds: (Date.now() - since) / 1000 };
  }
}
