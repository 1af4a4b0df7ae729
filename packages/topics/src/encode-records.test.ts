import type { FetchedMessage } from "@platform/shared/kafka/open-cluster";
import { decodeRecordBatches } from "@platform/shared/kafka/record-batches";
import { type EncodedRecord, encodeRecordBatch } from "./encode-records.ts";
import { installExactRecords, toHeaders } from "./exact-records.ts";
import { parseLine, toLine } from "./record-line.ts";

installExactRecords();

const bytes = (text: string) => Buffer.from(text);
const records: EncodedRecord[] = [
  { timestamp: "1700000000000", key: bytes("k"), value: bytes("v"), headers: [] },
  { timestamp: "1600000000000", key: null, value: null, headers: [["a", null]] },
  { timestamp: "1900000000001", key: bytes(""), value: Buffer.alloc(300, 255), headers: [["é", bytes("")]] },
  {
    timestamp: "1700000000000",
    key: null,
    value: bytes("x"),
    headers: [
      ["b", bytes("1")],
      ["a", bytes("2")],
      ["b", bytes("3")],
      ["7", Buffer.of(0xff)],
      ["1", null],
    ],
  },
];

it("encodes records that decode to the same bytes: missing and empty values, order and repetition of headers", async () => {
  const batch = await encodeRecordBatch(records, { producerId: 7n, producerEpoch: 1, firstSequence: 3 });
  const decoded = (await decodeRecordBatches(batch)) as FetchedMessage[];
  expect(decoded.map(({ offset }) => offset)).toEqual(["0", "1", "2", "3"]);
  expect(
    decoded.map(({ timestamp, key, value, headers }) => ({
      timestamp,
      key,
      value,
      headers: toHeaders(headers),
    })),
  ).toEqual(records);
});

it("keeps records as lines", () => {
  for (const record of records)
    expect(parseLine(toLine({ ...record, offset: 5 }))).toEqual({ ...record, offset: 5 });
});
