import { isJson, isNdjson, isText, isUnspecific, parseMediaType } from "./media-type.ts";

describe("parseMediaType", () => {
  it.each([
    ["text/plain", "text/plain", undefined],
    ["Text/HTML; Charset=UTF-8", "text/html", "utf-8"],
    ['application/json;charset="utf-8"', "application/json", "utf-8"],
    ["multipart/form-data; boundary=x; charset=latin1", "multipart/form-data", "latin1"],
    ['text/plain; a="; charset=latin1"; charset=utf-8', "text/plain", "utf-8"],
    ["application/vnd.api+json", "application/vnd.api+json", undefined],
  ])("reads %s", (header, type, charset) => {
    expect(parseMediaType(header)).toEqual({ type, charset });
  });

  it.each(["", "text", "text/", "/plain", "a b/c", "text/plain, text/html"])("refuses %p", (header) => {
    expect(parseMediaType(header)).toBeUndefined();
  });

  it.each([
    "text/plain;",
    'text/plain; charset="utf-8',
    "text/plain; charset",
    "te.xt/plain",
    "a/b+c+json",
    "a/b;\tc=d",
  ])("refuses %p, whose body the template drops", (header) => {
    expect(parseMediaType(header)).toBeUndefined();
  });
});

it.each([
  ["application/json", [true, false, false, false]],
  ["application/vnd.api+json", [true, false, false, false]],
  ["text/json", [true, false, false, false]],
  ["application/x-ndjson", [false, true, false, false]],
  ["application/jsonl", [false, true, false, false]],
  ["text/x-ndjson", [false, true, false, false]],
  ["text/csv", [false, false, true, false]],
  ["text/html", [false, false, true, false]],
  ["text/plain", [false, false, true, true]],
  ["application/octet-stream", [false, false, true, true]],
  ["application/x-www-form-urlencoded", [false, false, true, true]],
  ["multipart/form-data", [false, false, false, false]],
  ["image/png", [false, false, false, false]],
])("classifies %s as JSON, NDJSON, text or unspecific", (type, expected) => {
  const kinds = [isJson, isNdjson, isText, isUnspecific].map((is) => is({ type, charset: undefined }));
  expect(kinds).toEqual(expected);
});
