import { deadLetterHeaders } from "@platform/shared/kafka/dead-letter-headers";
import type { KafkaMessage } from "kafkajs";
import { readContent, readLetter } from "./letter.ts";

const buildMessage = (headers: KafkaMessage["headers"]) =>
  ({ key: Buffer.from("k"), value: null, headers, offset: "7", timestamp: "1700000000000" }) as KafkaMessage;
const read = (headers: Record<string, string>) => readLetter("t.dead-letter", 0, buildMessage(headers));

it("reads the headers of deadLetterHeaders", () => {
  const source = { topic: "t", partition: 2, offset: 5, timestamp: 1_600_000_000_000 };
  const facts = { functionName: "f", status: 422, code: "bad", reason: "Bad.", source, item: 1 };
  expect(read({ ...deadLetterHeaders(facts), "dead-letter-replays": "2" })).toEqual({
    topic: "t.dead-letter",
    partition: 0,
    offset: 7,
    timestamp: 1_700_000_000_000,
    source,
    functionName: "f",
    status: "422",
    code: "bad",
    reason: "Bad.",
    item: 1,
    replays: 2,
    valueBytes: undefined,
    headersOmitted: undefined,
  });
});

it("reads a message without these headers, or with malformed ones", () => {
  const bare = { source: undefined, functionName: "", code: "", item: undefined, replays: 0 };
  expect(read({})).toMatchObject(bare);
  expect(
    read({ "dead-letter-topic": "t", "dead-letter-partition": "x", "dead-letter-replays": "-1" }),
  ).toMatchObject(bare);
});

it("reads the size of a truncated value, also under the name of NiFi's older flows", () => {
  expect(read({ "dead-letter-value-bytes": "9" }).valueBytes).toBe(9);
  expect(read({ "dead-letter-bytes": "9" }).valueBytes).toBe(9);
});

it("separates the message's own headers, in which null is empty", () => {
  const nothing = null as unknown as string;
  const bytes = Buffer.from([0xff]);
  const headers = { a: bytes, b: [bytes, nothing], "dead-letter-code": "bad", "dead-letter-replays": "1" };
  expect(readContent(buildMessage(headers))).toEqual({
    key: Buffer.from("k"),
    value: null,
    headers: { a: bytes, b: [bytes, Buffer.alloc(0)] },
  });
});
