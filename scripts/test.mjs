// `npm test [-- STAGE… [options of jest]]`: everything that needs no service, or the stages that are named.
//   check        format, lint, types and dead code
//   unit         beside the code
//   conformance  the contract of the built functions under the template's Node.js 18
//   gateway      `npm start` end to end, with its embedded chain
import { install, run } from "./install.mjs";

const projects = ["unit", "conformance", "gateway"];
const args = process.argv.slice(2);
const named = args.filter((arg) => arg === "check" || projects.includes(arg));
const stages = named.length > 0 ? named : ["check", ...projects];

install();
if (stages.includes("check")) {
  console.log("Format, lint and types …");
  run("npx", ["biome", "ci", "."], { failure: "npm run format mends most of it." });
  for (const project of ["tsconfig.json", "packages/gateway/ui"])
    run("npx", ["tsc", "-p", project], { failure: "The types do not fit." });
  run("npx", ["knip"], { failure: "Remove the code and the dependencies that nothing uses." });
}
const selected = projects.filter((project) => stages.includes(project));
if (selected.length > 0) {
  console.log("Building …");
  const { build } = await import("./build.mjs");
  await build();
  console.log(`Testing: ${selected.join(", ")} …`);
  const options = args.filter((arg) => !named.includes(arg));
  run("npx", ["jest", ...options, "--selectProjects", ...selected], { failure: "Tests failed." });
}
