// `npm run check`: format, lint, types, spelling, dead code and generated files.
import { fileURLToPath } from "node:url";
import { readCommandLine } from "../packages/cli/src/command.mjs";
import { fail, install, runToEnd } from "./install.mjs";

/** Each check with the sentence for its failure. @type {readonly (readonly [command: string, args: string[], failure: string])[]} */
const steps = [
  ["npx", ["biome", "ci", "."], "Format or lint: npm run format corrects most of it."],
  ["npx", ["tsc", "-p", "tsconfig.json"], "The types do not fit."],
  ["npx", ["tsc", "-p", "bench"], "The types of the benchmarks do not fit."],
  ["npx", ["tsc", "-p", "packages/gateway/ui"], "The types of the console do not fit."],
  ["npx", ["tsc", "-p", "packages/ethstats/ui"], "The types of the Ethstats page do not fit."],
  [
    "npx",
    ["cspell", "--no-progress", "--no-summary"],
    "Spelling: correct the words above, or add terms of the field to cspell.json.",
  ],
  ["npx", ["knip"], "Remove the code and the dependencies that nothing uses."],
  [
    process.execPath,
    ["scripts/manifests.mjs", "--check"],
    "npm run manifests brings the rendered files up to date.",
  ],
  [process.execPath, ["scripts/docs.mjs", "--check"], "npm run docs brings the generated pages up to date."],
];

/** Runs all checks. @returns {string[]} one sentence for each that failed */
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
