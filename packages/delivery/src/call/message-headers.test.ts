import type { Message } from "../message.ts";
import { createMessage } from "../testing/create-message.ts";
import { messageHeaders, traceHeaders } from "./message-headers.ts";

const buildMessage = (parts: Partial<Message>): Message => ({ ...createMessage(0), ...parts });
const convertKey = (bytes: Buffer | string) => messageHeaders(buildMessage({ key: Buffer.from(bytes) }));
const convertHeaders = (headers: Message["headers"]) => messageHeaders(buildMessage({ headers }));
/** The string that Node.js passes to a program for a header's bytes. */
const latin1 = (text: string) => Buffer.from(text).toString("latin1");

describe("the key", () => {
  it.each(["ada", "7", "", "a, b=c"])("is sent unchanged: %j", (text) => {
    expect(convertKey(text)).toEqual({ "x-kafka-key": text });
  });

  it("is sent as UTF-8", () => {
    expect(convertKey("Zoë 🚋")).toEqual({ "x-kafka-key": latin1("Zoë 🚋") });
  });

  it.each([Buffer.from([0xff, 0xfe]), "two\nlines", "nul\0", "tab\t", " blank", "blank ", "\u0085"])(
    "is base64 if HTTP cannot carry it: %j",
    (bytes) => {
      expect(convertKey(bytes)).toEqual({
        "x-kafka-key": Buffer.from(bytes).toString("base64"),
        "x-kafka-key-encoding": "base64",
      });
    },
  );

  it("is omitted if it is too long, and a header records that", () => {
    expect(convertKey("x".repeat(20_000))).toEqual({ "x-kafka-key-omitted": "true" });
  });

  it("is absent without a key in Kafka", () => {
    expect(messageHeaders(createMessage(0))).toEqual({});
  });
});

describe("headers", () => {
  it("have a prefix, so that they cannot replace other headers", () => {
    expect(convertHeaders({ Host: "evil", "X-Topic": "other", "content-length": "7" })).toEqual({
      "x-kafka-header-host": "evil",
      "x-kafka-header-x-topic": "other",
      "x-kafka-header-content-length": "7",
    });
  });

  it("have percent-encoded names if HTTP cannot carry them", () => {
    expect(convertHeaders({ "a b:c\n%": "1", é: "2", "": "3" })).toEqual({
      "x-kafka-header-a%20b%3ac%0a%25": "1",
      "x-kafka-header-%c3%a9": "2",
      "x-kafka-header-": "3",
    });
  });

  it("are base64 if HTTP cannot carry their value", () => {
    expect(convertHeaders({ id: Buffer.from([0, 255]), name: "x" })).toEqual({
      "x-kafka-header-id": "AP8=",
      "x-kafka-encoding-id": "base64",
      "x-kafka-header-name": "x",
    });
  });

  it("are joined if names repeat, without regard to case", () => {
    expect(convertHeaders({ a: ["1", "2"], A: "3" })).toEqual({ "x-kafka-header-a": "1, 2, 3" });
    expect(convertHeaders({ a: ["1", Buffer.from([0])] })).toEqual({
      "x-kafka-header-a": "MQ==, AA==",
      "x-kafka-encoding-a": "base64",
    });
  });

  it("may be null", () => {
    const nothing = null as unknown as string;
    expect(convertHeaders({ a: nothing, b: [nothing, "1"] })).toEqual({
      "x-kafka-header-a": "",
      "x-kafka-header-b": ", 1",
    });
  });

  it("are omitted if they do not fit, and a header counts them", () => {
    const many = Object.fromEntries(
      Array.from({ length: 1_000 }, (_, index) => [`h${index}`, "x".repeat(100)]),
    );
    const sent = convertHeaders({ large: "x".repeat(20_000), ...many });
    const size = Object.entries(sent).reduce((sum, [name, value]) => sum + name.length + value.length + 4, 0);
    expect(size).toBeLessThan(6_100);
    const included = Object.keys(sent).length - 1;
    expect(included).toBeGreaterThan(40);
    expect(sent["x-kafka-headers-omitted"]).toBe(String(1_001 - included));
  });
});

it("distinguishes a tombstone from an empty value", () => {
  expect(messageHeaders(buildMessage({ isTombstone: true, value: Buffer.alloc(0) }))).toEqual({
    "x-kafka-tombstone": "true",
  });
});

describe("a trace", () => {
  const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  it("keeps its header names, and is not sent twice", () => {
    const message = buildMessage({
      headers: { TraceParent: traceparent, tracestate: "a=1", baggage: "b=2", other: "3" },
    });
    expect(traceHeaders(message)).toEqual({ traceparent, tracestate: "a=1", baggage: "b=2" });
    expect(messageHeaders(message)).toEqual({ "x-kafka-header-other": "3" });
  });

  it("is not forwarded if HTTP cannot carry it, or if it is too long", () => {
    const message = buildMessage({ headers: { traceparent: "a\r\nHost: evil", baggage: "x".repeat(9_000) } });
    expect(traceHeaders(message)).toEqual({});
    expect(messageHeaders(message)["x-kafka-encoding-traceparent"]).toBe("base64");
  });
});
