import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describeFunctionsApi } from "../support/functions/api-conformance.ts";
import { documentedCodes } from "../support/functions/api-examples.ts";
import { type StartedFunctionsStage, startFunctionsStage } from "../support/functions/api-stage.ts";
import { functionNames } from "../support/functions/stack-functions.ts";
import { root } from "../support/repo.ts";

let stage: StartedFunctionsStage;
beforeAll(async () => {
  stage = await startFunctionsStage();
});
afterAll(() => stage?.[Symbol.asyncDispose]());

describeFunctionsApi((call) => stage.send(call));

const withoutOperation = "405 method_not_allowed"; // Methods without an operation get this answer.

/** Returns the statuses and codes in the first two columns of a page's tables. */
function parseCodes(page: string): string[] {
  const rows = [...page.matchAll(/^\| (\d{3}) +\| ((?:`\w+`(?:, )?)+) *\|/gm)];
  return rows.flatMap(([, status, list = ""]) =>
    [...list.matchAll(/`(\w+)`/g)].map(([, code]) => `${status} ${code}`),
  );
}

it.each(functionNames)("documents every status and code of the table in %s's README", (name) => {
  const codes = parseCodes(readFileSync(join(root, "functions", name, "README.md"), "utf8"));
  const documented = documentedCodes.filter((key) => key.includes(`/function/${name} `));
  const missing = codes.filter((code) => !documented.some((key) => key.endsWith(` ${code}`)));
  expect(codes.length).toBeGreaterThan(5);
  expect(missing).toEqual([withoutOperation]);
});

it("documents the statuses and codes of docs/reference/error-codes.md, and no others", () => {
  const page = readFileSync(join(root, "docs", "reference", "error-codes.md"), "utf8");
  const [, section = ""] = page.split(/^## .*$/m);
  const documented = documentedCodes.map((key) => key.split(" ").slice(2).join(" "));
  const withCode = documented.filter((code) => code.includes(" "));
  expect([...new Set(withCode)].sort()).toEqual(parseCodes(section).sort());
});
