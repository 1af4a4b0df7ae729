import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Example } from "../../packages/gateway/src/console/functions/view.ts";
import { functionNames, stackFunctions } from "../support/functions/stack-functions.ts";
import { type StartedGateway, startGateway } from "../support/gateway/gateway.ts";
import { httpCall } from "../support/http/http-call.ts";
import { root } from "../support/repo.ts";

let gateway: StartedGateway;
let examples: Record<string, Example[]>;
beforeAll(async () => {
  gateway = await startGateway();
  examples = JSON.parse((await httpCall(`${gateway.url}/ui/examples.json`)).body);
}, 60_000);
afterAll(() => gateway?.[Symbol.asyncDispose]());

it("offers the examples of each function under all its deployed names", () => {
  for (const { name, handler } of stackFunctions) {
    const file = join(handler, "..", "examples.json");
    const labels = existsSync(file)
      ? JSON.parse(readFileSync(file, "utf8")).map(({ label }: Example) => label)
      : [];
    expect(examples[name]?.map(({ label }) => label)).toEqual(labels);
  }
});

it.each(functionNames)("%s answers its first example with 2xx and none with a 5xx", async (name) => {
  const statuses: number[] = [];
  for (const { method, query, body } of examples[name]!) {
    const type = /^\s*[[{"]/.test(body) ? "application/json" : "text/plain";
    const call = method === "GET" ? {} : { body, headers: { "content-type": type } };
    statuses.push((await httpCall(`${gateway.url}/function/${name}${query}`, call)).status);
  }
  expect(statuses[0]).toBe(200);
  expect(statuses.filter((status) => status >= 500)).toEqual([]);
});

it("every function's folder has examples", () => {
  const missing = functionNames.filter((name) => !existsSync(join(root, "functions", name, "examples.json")));
  expect(missing).toEqual([]);
});
