import { type DeadLetter, deadLetterRecord, truncateRecord } from "./dead-letter-record.ts";
import { createMessage } from "./testing/create-message.ts";

const letter = (value: string, item?: DeadLetter["item"]): DeadLetter => ({
  message: { ...createMessage(7, value), key: Buffer.from("ada"), headers: { own: "1" } },
  refusal: { status: 422, code: "bad", reason: "Bad." },
  ...(item === undefined ? {} : { item }),
});
const record = (...args: Parameters<typeof letter>) => deadLetterRecord("f", letter(...args));

it("has the key, value and headers of the message, its position and the refusal", () => {
  expect(record("text")).toEqual({
    key: Buffer.from("ada"),
    value: Buffer.from("text"),
    partition: 0,
    headers: {
      own: "1",
      "dead-letter-function": "f",
      "dead-letter-status": "422",
      "dead-letter-code": "bad",
      "dead-letter-reason": "Bad.",
      "dead-letter-topic": "orders",
      "dead-letter-partition": "1",
      "dead-letter-offset": "7",
      "dead-letter-timestamp": "1700000000007",
    },
  });
});

it("replaces null headers by empty ones", () => {
  const nothing = null as unknown as string;
  const message = { ...createMessage(7), headers: { a: nothing, b: ["1", nothing] } };
  const { headers } = deadLetterRecord("f", { ...letter("text"), message });
  expect(headers).toMatchObject({ a: "", b: ["1", ""] });
});

it.each([
  ['[{"id":1076543210987654321}, {"a":1.0}]', { index: 0 }, '{"id":1076543210987654321}'],
  ['[1, {"a":1.0}]', { index: 1, count: 2 }, '{"a":1.0}'],
  ['{"data":[1,2]}', { index: 1 }, '{"data":[1,2]}'],
  ["[1,2]", { index: 2 }, "[1,2]"],
  ["[[1,2],3]", { index: 1, count: 3 }, "[[1,2],3]"],
])("of %s with the item %j has the value %s", (message, item, value) => {
  const { headers, value: own } = record(message, item);
  expect([String(own), headers["dead-letter-item"]]).toEqual([value, String(item.index)]);
});

describe("a record that is too large", () => {
  const headers = { "dead-letter-offset": "7", "dead-letter-value-bytes": "3000" };

  it("has a truncated value", () => {
    const { key, ...shortened } = truncateRecord(record("x".repeat(3_000)), 2_500);
    expect([String(key), shortened.value!.length > 1_000, shortened.value!.length < 1_500]).toEqual([
      "ada",
      true,
      true,
    ]);
    expect(shortened.headers).toMatchObject({ own: "1", ...headers });
  });

  it("omits the key and the message's own headers if that is not enough", () => {
    const large = { ...record("x".repeat(3_000)), key: Buffer.alloc(5_000) };
    const shortened = truncateRecord(large, 2_500);
    expect(shortened).toMatchObject({
      key: null,
      headers: { ...headers, "dead-letter-headers-omitted": "1" },
    });
    expect(shortened.headers.own).toBeUndefined();
    expect(shortened.value!.length).toBeGreaterThan(1_000);
  });

  it("is unchanged if it fits", () => {
    const small = record("text");
    expect(truncateRecord(small, 2_000)).toBe(small);
    const withLargeKey = { ...small, key: Buffer.alloc(5_000) };
    expect(String(truncateRecord(withLargeKey, 2_000).value)).toBe("text");
  });
});
