import { documentedErrors, findProblem } from "./rules.ts";

const errors = documentedErrors("sentiment");
const json = "application/json; charset=utf-8";
const problem = "application/problem+json; charset=utf-8";
const ndjson = "application/x-ndjson";

/** Returns the problem that the rules find in a handler's answer. */
function checkAnswer(
  status: number,
  type: string,
  body: string,
  headers: Record<string, string> = { "x-call-id": "1" },
) {
  return findProblem(
    { status, headers: { ...headers, "content-type": type }, body: Buffer.from(body) },
    errors,
    ["hunter2"],
  );
}
const unauthorized = '{"status":401,"code":"unauthorized","detail":"No."}';

describe("the rules of the fuzz test", () => {
  it.each([
    [200, json, '{"polarity":0}\n'],
    [200, json, '[{"index":0,"error":{"status":422,"code":"not_a_text","detail":"No."}}]'],
    [200, ndjson, '{"polarity":0}\n{"polarity":0}\n'],
    [401, problem, unauthorized],
    [204, "", ""],
  ])("accept a %p of %p", (status, type, body) => {
    expect(checkAnswer(status, type, body)).toBeUndefined();
  });

  it.each([
    ["a secret", 200, json, '"hunter2"'],
    ["a stack trace", 200, json, "{}\n    at call (/x/handler.js:1:2)\n"],
    ["broken JSON", 200, json, "{"],
    ["a broken line", 200, ndjson, "{}\n{\n"],
    ["a last line without its end", 200, ndjson, "{}\n{}"],
    ["text", 200, "text/html", "{}"],
    ["an error as 200", 200, problem, unauthorized],
    ["another status within", 400, problem, unauthorized],
    ["an error that no README knows", 418, problem, '{"status":418,"code":"teapot","detail":"No."}'],
    ["a bug", 500, problem, '{"status":500,"code":"internal_error","detail":"No."}'],
    ["the bug of an item", 200, ndjson, '{"index":0,"error":{"status":500,"code":"internal_error"}}\n'],
  ])("refuse %s", (_, status, type, body) => {
    expect(checkAnswer(status, type, body)).toEqual(expect.any(String));
  });

  it("refuse the template's 200 for a rejection, and accept its own errors", () => {
    expect(checkAnswer(200, "text/html", "Error: no", {})).toEqual(expect.any(String));
    expect(checkAnswer(413, "text/html", "<pre>too large</pre>", {})).toBeUndefined();
  });
});
