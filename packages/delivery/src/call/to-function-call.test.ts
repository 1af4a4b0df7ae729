import { createMessage } from "../testing/create-message.ts";
import { toBatchCall, toLine, toSingleCall } from "./to-function-call.ts";

const notUtf8 = Buffer.from([0x7b, 0xff, 0xfe, 0x7d]);

describe("toSingleCall", () => {
  it("has the unchanged message, and headers with its topic, partition and offset", () => {
    const { body, headers } = toSingleCall(createMessage(7, ' {"a":\n1}\n'));
    expect(body.toString()).toBe(' {"a":\n1}\n');
    expect(headers).toEqual({
      "content-type": "application/json",
      "x-connector": "kafka-connector",
      "x-topic": "orders",
      "x-kafka-partition": "1",
      "x-kafka-offset": "7",
      "x-kafka-timestamps": "1700000000007",
    });
  });

  it.each([
    ["[1]", "application/json"],
    ["People are kind", "text/plain"],
    ["", "text/plain"],
    ["7", "text/plain"],
  ])("sends %j as %s", (value, type) => {
    expect(toSingleCall(createMessage(0, value)).headers["content-type"]).toBe(type);
  });

  it("leaves bytes that are not UTF-8 unchanged", () => {
    expect(toSingleCall(createMessage(0, notUtf8)).body).toEqual(notUtf8);
  });
});

describe("toBatchCall", () => {
  it("has a line for each message, the position and time of the first, and the time steps to the others", () => {
    const messages = [
      createMessage(3),
      createMessage(5),
      { ...createMessage(6), timestamp: 1_700_000_000_001 },
    ];
    const { body, headers } = toBatchCall(messages.map((message) => ({ message, value: message.value })));
    expect(body.toString()).toBe('{"n":3}\n{"n":5}\n{"n":6}\n');
    expect(headers).toEqual({
      "content-type": "application/x-ndjson",
      prefer: "return=minimal",
      "x-connector": "kafka-connector",
      "x-topic": "orders",
      "x-kafka-partition": "1",
      "x-kafka-offset": "3",
      "x-kafka-timestamps": "1700000000003,2,-4",
    });
  });
});

describe("toLine", () => {
  const toLineText = (value: string | Buffer) => toLine(createMessage(0, value))?.value;

  it.each(['{"a":1}', "People are kind", "{broken", "é \u0000"])("leaves %j unchanged", (value) => {
    expect(toLineText(value)?.toString()).toBe(value);
  });

  it.each([
    ['{\n  "a": 1\r\n}', '{   "a": 1  }'],
    ['{"a":1}\n', '{"a":1} '],
    ['["\u2028",\n"ü"]', '["\u2028", "ü"]'],
  ])("converts %j to an equivalent line", (value, line) => {
    expect(toLineText(value)?.toString()).toBe(line);
    expect(JSON.parse(line)).toEqual(JSON.parse(value));
  });

  it.each(["two\nlines", "text\n", "one\rother", '{"a":"x\ny"}'])("returns undefined for %j", (value) => {
    expect(toLineText(value)).toBeUndefined();
  });

  it.each(["", " ", "\t", "\u00a0", "\ufeff", "\u3000\v\f"])(
    "returns undefined for %j, which a reader of lines would skip",
    (value) => {
      expect(toLineText(value)).toBeUndefined();
    },
  );

  it("keeps bytes that are not UTF-8", () => {
    expect(toLineText(notUtf8)).toEqual(notUtf8);
    expect(toLineText(Buffer.from([0x22, 0xff, 0x22, 0x0a]))).toEqual(Buffer.from([0x22, 0xff, 0x22, 0x20]));
  });
});
