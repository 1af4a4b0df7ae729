/** Past every offset: kafkajs drops messages before the offset that it asked for. */
const pastAll = String(2n ** 63n - 1n);

/**
 * Stands in the place of a message in what kafkajs fetched: the records of the partition from here on cannot be read. It
 * has the fields of a message that kafkajs looks at.
 */
export class UndecodableBatch {
  readonly offset = pastAll;
  readonly batchContext = { producerId: "-1", inTransaction: false };
  /** The first offset of the batch; undefined where the broker could not read it either. */
  readonly firstOffset: number | undefined;
  /** The last offset of the batch, as its header says; undefined where the header cannot be trusted. */
  readonly lastOffset: number | undefined;
  readonly reason: string;

  constructor(firstOffset: number | undefined, reason: string, lastOffset?: number) {
    this.firstOffset = firstOffset;
    this.lastOffset = lastOffset;
    this.reason = reason;
  }
}
