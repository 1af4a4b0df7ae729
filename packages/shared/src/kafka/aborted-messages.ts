/** A transaction that was aborted, with the offset of its first record. */
export interface AbortedTransaction {
  producerId: string;
  firstOffset: string;
}

/** The fields of a record that kafkajs has decoded. */
export interface DecodedRecord {
  offset: string;
  isControlRecord?: boolean;
  batchContext?: { producerId: string; inTransaction: boolean };
}

/**
 * Turns the records of aborted transactions into control records, which readers skip. kafkajs's own filter is wrong: it expects the
 * transactions in the order of their start, but brokers send them in the order of their end. If two transactions overlap, it passes
 * aborted records as committed.
 */
export function hideAborted(
  records: readonly DecodedRecord[],
  aborted: readonly AbortedTransaction[],
): readonly object[] {
  if (aborted.length === 0) return records;
  const waiting = [...aborted].sort((a, b) => Number(a.firstOffset) - Number(b.firstOffset));
  const open = new Set<string>();
  return records.map((record) => {
    const { producerId = "-1", inTransaction = false } = record.batchContext ?? {};
    while (waiting.length > 0 && Number(waiting[0]!.firstOffset) <= Number(record.offset))
      open.add(waiting.shift()!.producerId);
    if (record.isControlRecord) open.delete(producerId);
    else if (inTransaction && open.has(producerId)) return { ...record, isControlRecord: true };
    return record;
  });
}
