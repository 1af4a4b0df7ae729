import type { Message } from "../message.ts";
import { createMessage } from "../testing/create-message.ts";
import { toEnvelope } from "./envelope.ts";

const envelope = (parts: Partial<Message>) => toEnvelope({ ...createMessage(7), ...parts }).toString();
const start = '{"topic":"orders","partition":1,"offset":7,"timestamp":1700000000007';

it("has the whole message on a line, with an unchanged JSON value", () => {
  const value = Buffer.from('{"id":\n1076543210987654321}');
  const headers = { a: Buffer.from("1"), b: ["2", "3"] };
  expect(envelope({ key: Buffer.from("ada"), headers, value })).toBe(
    `${start},"key":"ada","headers":{"a":"1","b":["2","3"]},"value":{"id": 1076543210987654321}}`,
  );
});

it.each([
  ["two\nlines", '"two\\nlines"'],
  ["", '""'],
  ["People are kind", '"People are kind"'],
])("has the text %j as a JSON string", (value, json) => {
  expect(envelope({ value: Buffer.from(value) })).toBe(`${start},"key":null,"headers":{},"value":${json}}`);
});

it("has null for a tombstone", () => {
  expect(envelope({ value: Buffer.alloc(0), isTombstone: true })).toContain('"value":null}');
});

it("has fields that are not UTF-8 as base64, and lists them", () => {
  const bytes = Buffer.from([0xff]);
  expect(JSON.parse(envelope({ key: bytes, headers: { h: bytes }, value: bytes }))).toMatchObject({
    key: "/w==",
    headers: { h: "/w==" },
    value: "/w==",
    base64: ["key", "headers.h", "value"],
  });
});
