import { type DecodedRecord, hideAborted } from "./aborted-messages.ts";

const record = (offset: number, producerId: string, isControlRecord = false): DecodedRecord => ({
  offset: String(offset),
  isControlRecord,
  batchContext: { producerId, inTransaction: producerId !== "-1" },
});

/** The offsets that a reader receives. */
const listVisibleOffsets = (records: readonly object[]) =>
  (records as DecodedRecord[]).flatMap(({ offset, isControlRecord }) => (isControlRecord ? [] : [offset]));

describe("hideAborted", () => {
  it("hides markers and aborted transactions, even if two begin together", () => {
    const records = [
      record(0, "-1"),
      record(1, "a"),
      record(2, "b"),
      record(3, "c"),
      record(4, "a", true),
      record(5, "a"),
      record(6, "b", true),
      record(7, "b"),
    ];
    const aborted = [
      { producerId: "b", firstOffset: "1" },
      { producerId: "a", firstOffset: "1" },
    ];
    expect(listVisibleOffsets(hideAborted(records, aborted))).toEqual(["0", "3", "5", "7"]);
  });

  it("hides a transaction in which another one began and ended, as brokers report them", () => {
    const records = [
      record(0, "long"),
      record(1, "long"),
      record(2, "short"),
      record(3, "short", true),
      record(4, "long", true),
      record(5, "long"),
    ];
    const aborted = [
      { producerId: "short", firstOffset: "2" },
      { producerId: "long", firstOffset: "0" },
    ];
    expect(listVisibleOffsets(hideAborted(records, aborted))).toEqual(["5"]);
  });

  it("keeps all offsets, so that readers advance", () => {
    const hidden = hideAborted(
      [record(0, "a"), record(1, "a", true)],
      [{ producerId: "a", firstOffset: "0" }],
    );
    expect(hidden).toMatchObject([
      { offset: "0", isControlRecord: true },
      { offset: "1", isControlRecord: true },
    ]);
  });
});
