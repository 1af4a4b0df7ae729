import { type DeadLetter, deadLetterRecord, shorten } from "./dead-letter-record.ts";
import { messageAt } from "./testing/message-at.ts";

const letter = (value: string, item?: DeadLetter["item"]): DeadLetter => ({
  message: { ...messageAt(7, value), key: Buffer.from("ada"), headers: { own: "1" } },
  refusal: { status: 422, code: "bad", reason: "Bad." },
  ...(item === undefined ? {} : { item }),
});
const record = (...args: Parameters<typeof letter>) => deadLetterRecord("f", letter(...args));

it("has the key, value and headers of the message, and why and where it was refused", () => {
  expect(record("text")).toEqual({
    key: Buffer.from("ada"),
    value: Buffer.from("text"),
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

it.each([
  ['[{"id":1076543210987654321}, {"a":1.0}]', { index: 0 }, '{"id":1076543210987654321}'],
  ['[1, {"a":1.0}]', { index: 1, count: 2 }, '{"a":1.0}'],
  ['{"data":[1,2]}', { index: 1 }, '{"data":[1,2]}'],
  ["[1,2]", { index: 2 }, "[1,2]"],
  ["[[1,2],3]", { index: 1, count: 3 }, "[[1,2],3]"],
])("of %s has for the item %j the value %s", (message, item, value) => {
  const { headers, value: own } = record(message, item);
  expect([String(own), headers["dead-letter-item"]]).toEqual([value, String(item.index)]);
});

it("is shortened step by step: the end of the value goes first, then the message's own key and headers", () => {
  const sizes: (number | undefined)[] = [];
  let last = record("x".repeat(3_000));
  for (let next = shorten(last); next !== undefined; next = shorten(last)) {
    last = next;
    sizes.push(last.value?.length);
  }
  expect(sizes).toEqual([1_500, 1_000, 1_000]);
  expect(last).toMatchObject({
    key: null,
    headers: {
      "dead-letter-value-bytes": "3000",
      "dead-letter-headers-omitted": "2",
      "dead-letter-offset": "7",
    },
  });
  expect(last.headers.own).toBeUndefined();
});
