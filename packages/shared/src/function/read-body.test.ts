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
    ["text/json", '{"a":1}', { kind: "json", value: { a: 1 } }],
    ["text/html", '{"a":1}', { kind: "text", text: '{"a":1}' }],
    ["text/markdown", "[1]", { kind: "text", text: "[1]" }],
    ["text/csv", '{"a":1}', { kind: "csv", text: '{"a":1}', field: undefined }],
    ["text/csv", '"a ""b"""', { kind: "csv", text: '"a ""b"""', field: 'a "b"' }],
    ["text/csv", "a,b", { kind: "csv", text: "a,b", field: undefined }],
  ])("reads a body of type %p by that type: %j", (type, body, expected) => {
    expect(readBody(request(body, type))).toEqual(expected);
  });

  describe.each([
    "text/plain",
    "text/plain; charset=utf-8",
    "application/octet-stream",
    "application/x-www-form-urlencoded",
    undefined,
  ])("by the content, with the type %p", (type) => {
    const objects = '{"a":1}\n{"a":2}\n';

    it.each([
      ["an object", '{"a":1}', { kind: "json", value: { a: 1 } }],
      ["an array", "[1]", { kind: "json", value: [1] }],
      ["white space around", ' \r\n\t{"a":1}\n ', { kind: "json", value: { a: 1 } }],
      ["a byte order mark", '\ufeff{"a":1}', { kind: "json", value: { a: 1 } }],
      ["no-break spaces", '\u00a0{"a":1}\u00a0', { kind: "json", value: { a: 1 } }],
      ["an object with & and =", '{"text":"a=b&c=d"}', { kind: "json", value: { text: "a=b&c=d" } }],
      ["an object over several lines", '{\n"a":1\n}', { kind: "json", value: { a: 1 } }],
      ["one line with its end", '{"a":1}\n', { kind: "json", value: { a: 1 } }],
    ])("reads JSON: %s", (_, body, expected) => {
      expect(readBody(request(body, type))).toEqual(expected);
    });

    it.each([
      ["objects", objects],
      ["\\r\\n and blank lines", '\r\n{"a":1}\r\n\r\n{"a":2}'],
      ["a last line that is cut off", '{"a":1}\n{"a":'],
      ["a broken first line", '{"a"}\n{"a":2}\n{"a":3}'],
    ])("reads NDJSON: %s", (_, body) => {
      expect(readBody(request(body, type))).toEqual({ kind: "ndjson", text: body });
    });

    it.each([
      ["a bracket", "[sic] the food was bad"],
      ["a footnote", "[1] The food was bad."],
      ["two footnotes", "[1]\n[2]"],
      ["a brace", "{curly} text"],
      ["braces in each line", "{a}\n{b}"],
      ["broken JSON", '{"text":"a"'],
      ["JSON and a text after it", '{"text":"a"}\nThat is what it said.'],
      ["a text and JSON after it", 'It said:\n{"text":"a"}'],
      ["a quoted text", '"a"'],
      ["quoted lines", '"a"\n"b"'],
      ["a number", "7"],
      ["null", "null"],
      ["a single brace", "{"],
      ["white space", " \n"],
    ])("reads a text: %s", (_, body) => {
      expect(readBody(request(body, type))).toEqual({ kind: "text", text: body });
    });
  });

  it("reads JSON by the content in the charset of the type", () => {
    const body = Buffer.from('\ufeff{"a":"é"}', "utf16le");
    expect(readBody(request(body, "text/plain; charset=utf-16le"))).toEqual({
      kind: "json",
      value: { a: "é" },
    });
  });

  it("reads a form only with its type, and only if every part has a name", () => {
    const read = (body: string, type = "application/x-www-form-urlencoded") => readBody(request(body, type));
    expect(read("a=b&c=d")).toMatchObject({ kind: "form", text: "a=b&c=d" });
    for (const text of ["a", "fish & chips", "a=b & c", "R&B", "&"]) {
      expect(read(text)).toEqual({ kind: "text", text });
    }
    expect(read("a=b", "text/plain")).toEqual({ kind: "text", text: "a=b" });
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

  it("refuses an unsupported type before it reads the body", () => {
    expect(() => readBody(request("", "image/png"))).toThrow(problem(415, "unsupported_media_type"));
    expect(() => readBody(request("x", "nonsense"))).toThrow(problem(415, "unsupported_media_type"));
  });

  it("refuses an empty body, broken JSON, and bytes that are not text", () => {
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
