import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as textblob from "./index.ts";

const readme = readFileSync(join(__dirname, "../README.md"), "utf8");
const code = /```ts\n([\s\S]*?)```/.exec(readme)![1]!;
const examples = [...code.matchAll(/^(\w+\(.*\));\n((?:\/\/ .*\n)+)/gm)];

describe("the README", () => {
  it.each(examples.map(([, call, comment]) => [call!, comment!]))(
    "shows the result of %s",
    (call, comment) => {
      const names = Object.keys(textblob);
      const evaluate = (expression: string): unknown =>
        new Function(...names, `return (${expression});`)(...Object.values(textblob));
      expect(evaluate(call)).toEqual(evaluate(comment.replace(/^\/\/ /gm, "")));
    },
  );

  it("has an example of each kind", () => {
    expect(examples.map(([, call]) => call!.replace(/\(.*/, ""))).toEqual([
      "score",
      "analyze",
      "splitSentences",
    ]);
  });
});
