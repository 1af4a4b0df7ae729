/** After every offset, because kafkajs drops messages before the requested offset. */
const maxOffset = String(2n ** 63n - 1n);

/**
 * Replaces a message in a fetch: the records of the partition from here on cannot be read. It has the fields of a message that
 * kafkajs reads.
 */
export class UndecodableBatch {
  readonly offset = maxOffset;
  readonly batchContext = { producerId: "-1", inTransaction: false };
  /** The first offset of the batch; undefined if the broker could not read it either. */
  readonly firstOffset: number | undefined;
  /** The last offset according to the batch's header; undefined if the header is unreliable. */
  readonly lastOffset: number | undefined;
  readonly reason: string;

  constructor(firstOffset: number | undefined, reason: string, lastOffset?: number) {
    this.firstOffset = firstOffset;
    this.lastOffset = lastOffset;
    this.reason = reason;
  }
}
