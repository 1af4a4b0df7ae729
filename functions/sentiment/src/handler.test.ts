import { invoke } from "@platform/shared/testing/invoke";

import handler = require("./handler.ts");

const score = (body: string | Buffer, type = "text/plain", path = "/") =>
  invoke(handler, { body, path, headers: { "content-type": type } });
const readScore = async (...call: Parameters<typeof score>) => JSON.parse((await score(...call)).body);

const kind = { polarity: 0.6, sentence_count: 1, subjectivity: 0.9 };

describe("sentiment", () => {
  it.each([
    "text/plain",
    "text/csv",
    "application/octet-stream",
    "application/x-www-form-urlencoded",
    "text/html; charset=utf-8",
  ])("reads a body of type %s as the text", async (type) => {
    expect(await score("People are kind", type)).toMatchObject({
      statusCode: 200,
      body: '{"polarity":0.6,"sentence_count":1,"subjectivity":0.9}\n',
    });
  });

  it('takes the text of JSON {"text": …} and of a JSON string', async () => {
    expect(await readScore('{"text":"People are kind"}', "application/json")).toEqual(kind);
    expect(await readScore('"People are kind"', "application/json")).toEqual(kind);
  });

  it.each(["application/octet-stream", "application/x-www-form-urlencoded", "text/plain"])(
    "recognises JSON under the type %s",
    async (type) => {
      const neutral = { polarity: 0, sentence_count: 1, subjectivity: 0 };
      expect(await readScore('{"text":"The tram came.","truncated":false}', type)).toEqual(neutral);
      expect(await readScore('["People are kind",{"text":"The tram came."}]', type)).toEqual([kind, neutral]);
      const lines = await score('{"text":"People are kind"}\n{"txt":"x"}\n', type);
      expect(lines.headers["content-type"]).toBe("application/x-ndjson");
      expect(lines.body.split("\n").slice(0, 2)).toEqual([
        JSON.stringify(kind),
        expect.stringContaining('{"index":1,"error":{"status":422,"code":"not_a_text"'),
      ]);
    },
  );

  it.each([
    ["JSON without a text", '{"txt":"The food was bad.","lang":"en"}'],
    ["a text that is not a string", '{"text":["The food was bad."]}'],
  ])("refuses %s under any type, and names the required field", async (_, body) => {
    for (const type of ["application/json", "application/octet-stream", "text/plain"]) {
      expect(await readScore(body, type)).toMatchObject({
        status: 422,
        code: "not_a_text",
        detail: expect.stringContaining('"text"'),
      });
    }
  });

  const form = "application/x-www-form-urlencoded";

  it.each([
    [
      "a slash command",
      "channel_id=abc&command=%2Fmood&text=the+food+isn%27t+bad&user_name=ada",
      "the food isn't bad",
    ],
    ["one field", "text=People%20are%20kind", "People are kind"],
    ["line ends", "text=It+is+good.%0D%0D%0AIt+is+bad", "It is good.\n\nIt is bad"],
  ])("scores the field text of a form: %s", async (_, body, text) => {
    expect(await readScore(body, form)).toEqual(await readScore(text));
    expect(await readScore(body, `${form}; charset=UTF-8`)).toEqual(await readScore(text));
  });

  it.each(["People are kind", "fish & chips are good", "good = bad & text", "Body=It+is+good", "price=good"])(
    "scores a body of curl -d without a form field text literally: %s",
    async (body) => {
      expect(await readScore(body, form)).toEqual(await readScore(body));
    },
  );

  it("refuses a form with several texts", async () => {
    expect(await readScore("text=a&text=b", form)).toMatchObject({
      status: 422,
      code: "not_a_text",
      detail: 'The form has the field "text" 2 times; send it once.',
    });
  });

  it("lists the supported types in the answer to another type", async () => {
    expect(await readScore("x", "multipart/form-data; boundary=x")).toMatchObject({
      status: 415,
      detail: expect.stringContaining(`application/json, application/x-ndjson, text/plain or ${form}`),
    });
  });

  it("returns the mean over the sentences, not the mean over the words of the whole text", async () => {
    expect(await readScore("Mr. Smith went to Washington. He was happy.")).toMatchObject({
      polarity: 0.4,
      sentence_count: 2,
    });
  });

  it("refuses an unknown query parameter and lists the allowed ones", async () => {
    expect(await readScore("x", "text/plain", "/?details=sentences")).toMatchObject({
      status: 400,
      code: "invalid_query",
      detail: 'Unknown query parameter "details"; allowed: detail, engine.',
    });
  });

  it("answers a JSON array in order, with an error at the index of a bad item", async () => {
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

  it("answers NDJSON with one line per item", async () => {
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

  it("reads \\r\\n and lone \\r as \\n, like the standard input of the original function", async () => {
    const text = "It is good.\rIt is bad.\r\n\r\nIt is fine";
    expect(await readScore(text)).toEqual(await readScore(text.replace(/\r\n?/g, "\n")));
  });

  it("returns each sentence with its scores on request", async () => {
    expect(
      await readScore("People are kind. The area was terrible.", "text/plain", "/?detail=sentences"),
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

  it("scores by AFINN with ?engine=afinn", async () => {
    // "love" is rated 3: a mean of 3 over 3 words, and one rated word of 3.
    expect(await readScore("I love it", "text/plain", "/?engine=afinn")).toEqual({
      polarity: 3 / 3 / 5,
      sentence_count: 1,
      subjectivity: 1 / 3,
    });
  });

  it.each([
    ["an empty body", "", "text/plain", "/", 400, "empty_body"],
    ["white space", " \n", "text/plain", "/", 400, "empty_text"],
    ["an empty JSON text", '{"text":""}', "application/json", "/", 400, "empty_text"],
    ["an empty field of a form", "text=&user=ada", form, "/", 400, "empty_text"],
    ["a field that is not UTF-8", "text=%ff", form, "/", 400, "invalid_encoding"],
    ["an empty JSON text under no type", '{"text":" "}', "text/plain", "/", 400, "empty_text"],
    ["broken JSON", '{"text":', "application/json", "/", 400, "invalid_json"],
    ["JSON without a text", '{"txt":"x"}', "application/json", "/", 422, "not_a_text"],
    ["a picture", "x", "image/png", "/", 415, "unsupported_media_type"],
    ["an unknown engine", "x", "text/plain", "/?engine=vader", 400, "invalid_query"],
    ["an unknown detail", "x", "text/plain", "/?detail=words", 400, "invalid_query"],
    ["bytes that are not UTF-8", Buffer.from([0xff]), "text/plain", "/", 400, "invalid_encoding"],
  ])("answers %s with a clear error", async (_, body, type, path, status, code) => {
    const answered = await score(body, type, path);
    expect(answered.headers["content-type"]).toBe("application/problem+json");
    expect(JSON.parse(answered.body)).toMatchObject({ status, code });
  });

  it("accepts only POST", async () => {
    expect(await invoke(handler, { method: "GET" })).toMatchObject({
      statusCode: 405,
      headers: { allow: "POST, OPTIONS" },
    });
  });
});
