import { toBytesView, toMessageView } from "./message-view.ts";

it("returns UTF-8 as text, and other bytes as hexadecimal digits", () => {
  expect(toBytesView(Buffer.from("größer 😀"), 100)).toEqual({
    text: "größer 😀",
    encoding: "text",
    bytes: 13,
    isCut: false,
  });
  expect(toBytesView(Buffer.from([0xff, 0x00]), 100)).toMatchObject({ text: "ff00", encoding: "hex" });
  expect(toBytesView(Buffer.from("a\u0000b"), 100)).toMatchObject({ encoding: "hex" });
  expect(toBytesView(null, 100)).toBeNull();
});

it("truncates between characters", () => {
  const cut = { encoding: "text", bytes: 4, isCut: true };
  expect(toBytesView(Buffer.from("aäb"), 2)).toEqual({ ...cut, text: "a" });
});

it("leaves out a time beyond the range of dates, and keeps repeated headers", () => {
  const message = { offset: "7", timestamp: "9000000000000000", key: null, value: null };
  const headers = { a: [Buffer.from("1"), Buffer.from("2")], b: null };
  expect(toMessageView(3, { ...message, headers }, 10)).toMatchObject({
    partition: 3,
    offset: 7,
    time: null,
    headers: [
      ["a", { text: "1" }],
      ["a", { text: "2" }],
      ["b", null],
    ],
  });
});
