import { readText } from "./body.ts";
import { FunctionRequest } from "./request.ts";

const request = (body: unknown, contentType: string) =>
  new FunctionRequest({
    body,
    headers: { "content-type": contentType },
    method: "POST",
    query: {},
    path: "/",
  });

describe("readText", () => {
  it("decodes UTF-8 without its byte order mark", () => {
    expect(readText(request(Buffer.from("\ufeffcafé"), "text/plain"))).toBe("café");
  });

  it("decodes the charset of the type", () => {
    expect(readText(request(Buffer.from("caf\xe9", "latin1"), "text/plain; charset=iso-8859-1"))).toBe(
      "café",
    );
  });

  it.each(["windows-1252", "iso-8859-1", "latin1"])(
    "decodes typographic quotes in %s, as browsers do",
    (charset) => {
      const bytes = Buffer.from("don\x92t \x80\x81\x9f", "latin1");
      expect(readText(request(bytes, `text/plain; charset=${charset}`))).toBe("don’t €\u0081Ÿ");
    },
  );

  it("refuses bytes that are not text in that charset", () => {
    expect(() => readText(request(Buffer.from([0xc3, 0x28]), "text/plain"))).toThrow(
      expect.objectContaining({ status: 400, code: "invalid_encoding" }),
    );
  });

  it("reads a valid body after an invalid one", () => {
    const half = request(Buffer.from("café").subarray(0, -1), "text/plain");
    for (const text of ["café", "\ufeffcafé"]) {
      expect(() => readText(half)).toThrow(expect.objectContaining({ code: "invalid_encoding" }));
      expect(readText(request(Buffer.from(text), "text/plain"))).toBe("café");
    }
  });

  it("refuses an unknown charset with 415 and an empty body with 400", () => {
    expect(() => readText(request(Buffer.from("x"), "text/plain; charset=klingon"))).toThrow(
      expect.objectContaining({ status: 415 }),
    );
    expect(() => readText(request({}, "text/plain"))).toThrow(
      expect.objectContaining({ status: 400, code: "empty_body" }),
    );
  });
});

it("refuses a repeated query parameter", () => {
  const twice = new FunctionRequest({
    body: {},
    headers: {},
    method: "GET",
    query: { engine: ["a", "b"] },
    path: "/",
  });
  expect(() => twice.query("engine")).toThrow(
    expect.objectContaining({ status: 400, code: "invalid_query" }),
  );
  expect(twice.query("toString")).toBeUndefined();
});

it("refuses an unknown query parameter, and lists the allowed ones", () => {
  const call = new FunctionRequest({ query: { block: "1", blok: "2" } });
  expect(() => call.rejectUnknownQuery(["block", "count"])).toThrow(
    expect.objectContaining({
      status: 400,
      code: "invalid_query",
      message: 'Unknown query parameter "blok"; allowed: block, count.',
    }),
  );
  expect(call.rejectUnknownQuery(["block", "blok"])).toBeUndefined();
});
