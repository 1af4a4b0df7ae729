import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { root } from "./install.mjs";

/** Lists the functions: the folders in functions/ with a package.json. @returns {string[]} */
export function functionNames() {
  return readdirSync(join(root, "functions"))
    .filter((name) => existsSync(join(root, "functions", name, "package.json")))
    .sort();
}

/** @import { Example } from "../packages/gateway/src/console/functions/view.ts" */

/**
 * Reads the examples of a function from its examples.json, where `query` and `body` are optional, and a body that is not a
 * string is JSON.
 *
 * @param {string} name
 * @returns {Example[]}
 */
export function readExamples(name) {
  const file = join(root, "functions", name, "examples.json");
  if (!existsSync(file)) return [];
  return JSON.parse(readFileSync(file, "utf8")).map(
    (
      /** @type {Partial<Omit<Example, "body">> & { body?: unknown }} */ { query = "", body = "", ...rest },
    ) => ({
      ...rest,
      query,
      body: typeof body === "string" ? body : JSON.stringify(body),
    }),
  );
}

/**
 * Reads the examples of all functions in stack.yml, by their deployed names.
 *
 * @returns {Promise<Record<string, Example[]>>}
 */
export async function readStackExamples() {
  const { parse } = await import("yaml");
  const { functions } = parse(readFileSync(join(root, "stack.yml"), "utf8"), { merge: true });
  return Object.fromEntries(
    Object.entries(functions).map(([deployed, { handler }]) => [
      deployed,
      functionNames()
        .filter((name) => resolve(root, handler) === join(root, "functions", name, "dist"))
        .flatMap(readExamples),
    ]),
  );
}
