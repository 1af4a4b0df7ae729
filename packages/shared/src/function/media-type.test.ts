import { isJson, isNdjson, isText, mediaTypeOf } from "./media-type.ts";

describe("mediaTypeOf", () => {
  it.each([
    ["text/plain", "text/plain", undefined],
    ["Text/HTML; Charset=UTF-8", "text/html", "utf-8"],
    ['application/json;charset="utf-8"', "application/json", "utf-8"],
    ["multipart/form-data; boundary=x; charset=latin1", "multipart/form-data", "latin1"],
    ['text/plain; a="; charset=latin1"; charset=utf-8', "text/plain", "utf-8"],
    ["application/vnd.api+json", "application/vnd.api+json", undefined],
  ])("reads %s", (header, type, charset) => {
    expect(mediaTypeOf(header)).toEqual({ type, charset });
  });

  it.each(["", "text", "text/", "/plain", "a b/c", "text/plain, text/html"])("refuses %p", (header) => {
    expect(mediaTypeOf(header)).toBeUndefined();
  });

  it.each([
    "text/plain;",
    'text/plain; charset="utf-8',
    "text/plain; charset",
    "te.xt/plain",
    "a/b+c+json",
    "a/b;\tc=d",
  ])("refuses %p, whose body the template drops", (header) => {
    expect(mediaTypeOf(header)).toBeUndefined();
  });
});

it("knows JSON, NDJSON and text by their types", () => {
  const kinds = (type: string) => [isJson, isNdjson, isText].map((is) => is({ type, charset: undefined }));
  expect(kinds("application/json")).toEqual([true, false, false]);
  expect(kinds("application/vnd.api+json")).toEqual([true, false, false]);
  expect(kinds("application/x-ndjson")).toEqual([false, true, false]);
  expect(kinds("application/jsonl")).toEqual([false, true, false]);
  expect(kinds("text/csv")).toEqual([false, false, true]);
  expect(kinds("application/octet-stream")).toEqual([false, false, true]);
  expect(kinds("application/x-www-form-urlencoded")).toEqual([false, false, true]);
  expect(kinds("image/png")).toEqual([false, false, false]);
});
