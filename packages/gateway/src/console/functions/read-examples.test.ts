import { readExamples } from "./read-examples.ts";

const read = (examples: string) => readExamples({ examples });

it("reads examples, and serializes a body that is not a string as JSON", () => {
  const text = JSON.stringify([
    { label: "A text", body: "hi" },
    { label: "A batch", method: "PUT", query: "?x=1", body: ["a", 1] },
  ]);
  expect(read(text)).toEqual({
    examples: [
      { label: "A text", method: "POST", query: "", body: "hi" },
      { label: "A batch", method: "PUT", query: "?x=1", body: '["a",1]' },
    ],
    problem: "",
  });
  expect(readExamples({})).toEqual({ examples: null, problem: "" });
});

it.each([
  ["no JSON", "{", /is not JSON/],
  ["no list", "{}", /wrong at the top level/],
  ["no label", '[{"body": "x"}]', /wrong at 0\.label/],
  ["another method", '[{"label": "x", "method": "TRACE"}]', /wrong at 0\.method/],
  ["an unknown key", '[{"label": "x", "path": "/"}]', /wrong at 0\.path/],
  ["a query without a question mark", '[{"label": "x", "query": "a=1"}]', /wrong at 0\.query/],
])("reports a problem: %s", (_, text, problem) => {
  const result = read(text);
  expect(result.examples).toBeNull();
  expect(result.problem).toMatch(problem);
});
