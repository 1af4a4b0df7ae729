import { readBody, readBodyByContent } from "./read-body.ts";
import { FunctionRequest } from "./request.ts";

const request = (body: string | Buffer, type?: string) =>
  new FunctionRequest({
    body: Buffer.from(body),
    headers: type === undefined ? {} : { "content-type": type },
  });
const problem = (status: number, code: string) => expect.objectContaining({ status, code });

describe("readBody", () => {
  it.each([
    ["application/json", '{"a":1}', { kind: "json", value: { a: 1 } }],
    ["application/vnd.api+json", "[1]", { kind: "json", value: [1] }],
    ["application/x-ndjson", "1\r\n2\n", { kind: "ndjson", text: "1\r\n2\n" }],
    ["text/plain", "a", { kind: "text", text: "a" }],
    ["application/octet-stream", "a", { kind: "text", text: "a" }],
    [undefined, '{"a":1}', { kind: "text", text: '{"a":1}' }],
    ["application/x-www-form-urlencoded", "a=b", { kind: "form", text: "a=b" }],
    ["text/csv", '"a ""b"""', { kind: "csv", text: '"a ""b"""', field: 'a "b"' }],
    ["text/csv", "a,b", { kind: "csv", text: "a,b", field: undefined }],
  ])("reads a body of type %p by that type: %j", (type, body, expected) => {
    expect(readBody(request(body, type))).toEqual(expected);
  });

  it.each(["text/plain", "text/csv", "application/x-www-form-urlencoded"])(
    "returns text of type %s with line ends as \\n",
    (type) => {
      expect(readBody(request("a\r\nb\rc\nd", type))).toMatchObject({ text: "a\nb\nc\nd" });
    },
  );

  it("returns JSON strings and quoted fields of CSV with their line ends", () => {
    expect(readBody(request('"a\\r\\nb"', "application/json"))).toEqual({ kind: "json", value: "a\r\nb" });
    expect(readBody(request('"a\r\nb"', "text/csv"))).toMatchObject({ field: "a\r\nb" });
  });

  it("refuses another type before it looks at the body", () => {
    expect(() => readBody(request("", "image/png"))).toThrow(problem(415, "unsupported_media_type"));
    expect(() => readBody(request("x", "nonsense"))).toThrow(problem(415, "unsupported_media_type"));
  });

  it("refuses an empty body, broken JSON, and bytes that are no text", () => {
    expect(() => readBody(request("", "application/json"))).toThrow(problem(400, "empty_body"));
    expect(() => readBody(request("{", "application/json"))).toThrow(problem(400, "invalid_json"));
    expect(() => readBody(request(Buffer.from([0xff])))).toThrow(problem(400, "invalid_encoding"));
  });
});

describe("readBodyByContent", () => {
  it.each([
    ["text/plain", '{\n"a":1}', { kind: "json", value: { a: 1 } }],
    ["image/png", "[1]", { kind: "json", value: [1] }],
    ["application/json", "1\n2", { kind: "ndjson", text: "1\n2" }],
    ["application/x-ndjson", "[1]", { kind: "ndjson", text: "[1]" }],
    ["application/json", '"a ""b"""\n', { kind: "csv", field: 'a "b"' }],
  ])("reads a body of type %s by its content: %j", (type, body, expected) => {
    expect(readBodyByContent(request(body, type))).toEqual(expected);
  });

  it("refuses content that is none of these", () => {
    expect(() => readBodyByContent(request("People are kind"))).toThrow(problem(400, "invalid_json"));
    expect(() => readBodyByContent(request(""))).toThrow(problem(400, "empty_body"));
    expect(() => readBodyByContent(request("{}", "nonsense"))).toThrow(
      problem(415, "unsupported_media_type"),
    );
  });
});
