// `npm run check`: format, lint, types, spelling, dead code and generated files.
import { fileURLToPath } from "node:url";
import { readCommandLine } from "../packages/cli/src/command.mjs";
import { fail, install, runToEnd } from "./install.mjs";

/** The checks, each with its failure message. @type {readonly (readonly [command: string, args: string[], failure: string])[]} */
const steps = [
  ["npx", ["biome", "ci", "."], "Format or lint errors: npm run format corrects most of them."],
  ["npx", ["tsc", "-p", "tsconfig.json"], "Type errors."],
  ["npx", ["tsc", "-p", "bench"], "Type errors in the benchmarks."],
  ["npx", ["tsc", "-p", "packages/gateway/ui"], "Type errors in the console."],
  ["npx", ["tsc", "-p", "packages/ethstats/ui"], "Type errors in the Ethstats page."],
  [
    "npx",
    ["cspell", "--no-progress", "--no-summary"],
    "Spelling: correct the words above, or add terms of the field to cspell.json.",
  ],
  ["npx", ["knip"], "Remove unused code and dependencies."],
  [
    process.execPath,
    ["scripts/manifests.mjs", "--check"],
    "Rendered files are out of date: npm run manifests.",
  ],
  [process.execPath, ["scripts/docs.mjs", "--check"], "Generated pages are out of date: npm run docs."],
];

/** Runs all checks. @returns {string[]} the failure messages */
export function check() {
  return steps.filter(([command, args]) => runToEnd(command, args) !== 0).map(([, , failure]) => failure);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  readCommandLine({
    name: "npm run check",
    summary:
      "Checks format, lint rules, types, spelling, dead code, and that the generated documentation is up to date. Changes nothing.",
    options: {},
  });
  install();
  const failures = check();
  if (failures.length > 0) fail(failures.join("\n"));
}
