// `npm test [-- STAGE… [options of jest]]`: everything that needs no service, or the stages that are named.
//   check        format, lint and types
//   unit         beside the code
//   conformance  the contract of the built functions under the template's Node.js 18
//   gateway      `npm start` end to end, with its embedded chain
import { fail, install, runToEnd } from "./install.mjs";

const projects = ["unit", "conformance", "gateway"];
const args = process.argv.slice(2);
const named = args.filter((arg) => arg === "check" || projects.includes(arg));
const stages = named.length > 0 ? named : ["check", ...projects];

install();
/** One sentence for each stage that failed; the others run all the same. @type {string[]} */
const failures = [];
if (stages.includes("check")) {
  console.log("Format, lint and types …");
  if (runToEnd("npx", ["biome", "ci", "."]) !== 0)
    failures.push("Format or lint: npm run format mends most of it.");
  for (const project of ["tsconfig.json", "packages/gateway/ui"])
    if (runToEnd("npx", ["tsc", "-p", project]) !== 0) failures.push(`The types of ${project} do not fit.`);
}
const selected = projects.filter((project) => stages.includes(project));
if (selected.length > 0) {
  console.log("Building …");
  const { doesNotBuild, tryBuild } = await import("./build.mjs");
  const failed = await tryBuild();
  if (failed.length > 0) failures.push(doesNotBuild(failed));
  console.log(`Testing: ${selected.join(", ")} …`);
  const options = args.filter((arg) => !named.includes(arg));
  // Prints the test files that fail, and the counts.
  if (!options.some((option) => /^--(reporters|verbose)/.test(option))) options.push("--reporters=agent");
  if (runToEnd("npx", ["jest", ...options, "--selectProjects", ...selected]) !== 0)
    failures.push("Tests failed.");
}
if (failures.length > 0) fail(failures.join("\n"));
