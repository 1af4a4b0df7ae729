import { invoke } from "@platform/shared/testing/invoke";

import handler = require("./handler.ts");

const score = (body: string | Buffer, type = "text/plain", path = "/") =>
  invoke(handler, { body, path, headers: { "content-type": type } });
const scoreOf = async (...call: Parameters<typeof score>) => JSON.parse((await score(...call)).body);

const kind = { polarity: 0.6, sentence_count: 1, subjectivity: 0.9 };

describe("sentiment", () => {
  it.each([
    "text/plain",
    "text/csv",
    "application/octet-stream",
    "application/x-www-form-urlencoded",
    "text/html; charset=utf-8",
  ])("takes a body of type %s as the text", async (type) => {
    expect(await score("People are kind", type)).toMatchObject({
      statusCode: 200,
      body: '{"polarity":0.6,"sentence_count":1,"subjectivity":0.9}\n',
    });
  });

  it('takes the text of JSON {"text": …} and of a JSON string', async () => {
    expect(await scoreOf('{"text":"People are kind"}', "application/json")).toEqual(kind);
    expect(await scoreOf('"People are kind"', "application/json")).toEqual(kind);
  });

  it("answers a JSON array in order, an error in the place of a bad item", async () => {
    const answered = await score(
      '["People are kind",{"txt":1}," ",{"text":"People are kind"}]',
      "application/json",
    );
    expect(answered.statusCode).toBe(200);
    expect(JSON.parse(answered.body)).toEqual([
      kind,
      { index: 1, error: { status: 422, code: "not_a_text", detail: expect.any(String) } },
      { index: 2, error: { status: 400, code: "empty_text", detail: expect.any(String) } },
      kind,
    ]);
  });

  it("answers NDJSON one line an item", async () => {
    const answered = await score(
      '{"text":"People are kind"}\n{"text":\n"People are kind"\n',
      "application/x-ndjson",
    );
    expect(answered.headers["content-type"]).toBe("application/x-ndjson");
    expect(
      answered.body
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual([
      kind,
      { index: 1, error: { status: 400, code: "invalid_json", detail: expect.any(String) } },
      kind,
    ]);
  });

  it("reads \\r\\n and lone \\r as \\n, as the original's standard input did", async () => {
    const text = "It is good.\rIt is bad.\r\n\r\nIt is fine";
    expect(await scoreOf(text)).toEqual(await scoreOf(text.replace(/\r\n?/g, "\n")));
  });

  it("gives each sentence with its scores on demand", async () => {
    expect(
      await scoreOf("People are kind. The area was terrible.", "text/plain", "/?detail=sentences"),
    ).toEqual({
      polarity: (0.6 + -1) / 2,
      subjectivity: (0.9 + 1) / 2,
      sentence_count: 2,
      sentences: [
        { text: "People are kind.", polarity: 0.6, subjectivity: 0.9 },
        { text: "The area was terrible.", polarity: -1, subjectivity: 1 },
      ],
    });
  });

  it("scores by AFINN when the call names it", async () => {
    // "love" is rated 3: a mean of 3 over 3 words, and one rated word of 3.
    expect(await scoreOf("I love it", "text/plain", "/?engine=afinn")).toEqual({
      polarity: 3 / 3 / 5,
      sentence_count: 1,
      subjectivity: 1 / 3,
    });
  });

  it.each([
    ["an empty body", "", "text/plain", "/", 400, "empty_body"],
    ["white space", " \n", "text/plain", "/", 400, "empty_text"],
    ["an empty JSON text", '{"text":""}', "application/json", "/", 400, "empty_text"],
    ["broken JSON", '{"text":', "application/json", "/", 400, "invalid_json"],
    ["JSON without a text", '{"txt":"x"}', "application/json", "/", 422, "not_a_text"],
    ["a picture", "x", "image/png", "/", 415, "unsupported_media_type"],
    ["an unknown engine", "x", "text/plain", "/?engine=vader", 400, "invalid_query"],
    ["an unknown detail", "x", "text/plain", "/?detail=words", 400, "invalid_query"],
    ["bytes that are no UTF-8", Buffer.from([0xff]), "text/plain", "/", 400, "invalid_encoding"],
  ])("answers %s with a clear error", async (_, body, type, path, status, code) => {
    const answered = await score(body, type, path);
    expect(answered.headers["content-type"]).toBe("application/problem+json");
    expect(JSON.parse(answered.body)).toMatchObject({ status, code });
  });

  it("takes POST only", async () => {
    expect(await invoke(handler, { method: "GET" })).toMatchObject({
      statusCode: 405,
      headers: { allow: "POST, OPTIONS" },
    });
  });
});
