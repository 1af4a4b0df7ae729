// `npm run format`: formats all files and applies the safe corrections of the linter.
import { readCommandLine } from "../packages/cli/src/command.mjs";
import { install, run } from "./install.mjs";

readCommandLine({
  name: "npm run format",
  summary: "Formats all files and applies the linter's safe corrections.",
  options: {},
});
install();
run("npx", ["biome", "check", "--write", "."], { failure: "Correct the errors above manually." });
