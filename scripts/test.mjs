// `npm test [-- options of jest]`: format and lint, types, unit tests, the contract of the built functions and
// the gateway end to end.
import { install, run } from "./install.mjs";

install();
console.log("Format, lint and types …");
run("npx", ["biome", "ci", "--diagnostic-level=warn", "."], { failure: "npm run format mends most of it." });
run("npx", ["tsc", "-p", "tsconfig.json"], { failure: "The types do not fit." });
console.log("Building …");
const { build } = await import("./build.mjs");
await build();
console.log("Testing …");
const projects = ["--selectProjects", "unit", "conformance", "gateway"];
run("npx", ["jest", ...process.argv.slice(2), ...projects], { failure: "Tests failed." });
