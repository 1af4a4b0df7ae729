// `npm run check`: format, lint, types, dead code and generated files.
import { fileURLToPath } from "node:url";
import { readCommandLine } from "../packages/cli/src/command.mjs";
import { install, run } from "./install.mjs";

/** Ends the process when the format, a lint rule, a type or a generated file is wrong, or when code is unused. */
export function check() {
  run("npx", ["biome", "ci", "."], { failure: "npm run format corrects most of it." });
  for (const project of ["tsconfig.json", "packages/gateway/ui"])
    run("npx", ["tsc", "-p", project], { failure: "The types do not fit." });
  run("npx", ["knip"], { failure: "Remove the code and the dependencies that nothing uses." });
  run(process.execPath, ["scripts/docs.mjs", "--check"], { failure: "npm run docs brings them up to date." });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  readCommandLine({
    name: "npm run check",
    summary:
      "Checks format, lint rules, types, dead code, and that the generated documentation is up to date. Changes nothing.",
    options: {},
  });
  install();
  check();
}
