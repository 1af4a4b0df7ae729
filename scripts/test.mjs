// `npm test`: runs everything that needs no service, or the named stages.
import { availableParallelism } from "node:os";
import { readCommandLine } from "../packages/cli/src/command.mjs";
import { fail, install, runToEnd } from "./install.mjs";

const projects = ["unit", "conformance", "gateway"];
const { operands: args } = readCommandLine({
  name: "npm test",
  summary: "Runs everything that needs no service, or the named stages of it.",
  operands: "[STAGE…]",
  options: {},
  passThrough: "jest",
  sections: [
    {
      heading: "Stages",
      rows: [
        ["check", "format, lint, types, spelling, dead code and generated files"],
        ["unit", "the tests beside the code"],
        ["conformance", "the contract of the built functions under the template's Node.js 18"],
        ["gateway", "npm start end to end, with its embedded chain"],
      ],
    },
  ],
});
const named = args.filter((arg) => arg === "check" || projects.includes(arg));
const stages = named.length > 0 ? named : ["check", ...projects];

install();
/** The failure messages of the stages; a failure does not stop the other stages. @type {string[]} */
const failures = [];
if (stages.includes("check")) {
  console.log("Checking format, lint, types, spelling, dead code and generated files …");
  const { check } = await import("./check.mjs");
  failures.push(...check());
}
const selected = projects.filter((project) => stages.includes(project));
if (selected.length > 0) {
  console.log("Building …");
  const { describeFailedBuilds, tryBuild } = await import("./build.mjs");
  const failed = await tryBuild();
  if (failed.length > 0) failures.push(describeFailedBuilds(failed));
  console.log(`Testing: ${selected.join(", ")} …`);
  const options = args.filter((arg) => !named.includes(arg));
  // Prints only failing test files and the totals.
  if (!options.some((option) => /^--(reporters|verbose)/.test(option))) options.push("--reporters=agent");
  // Many tests wait for processes, so two workers are faster even on two cores, where Jest defaults to one.
  if (!options.some((option) => /^(-w|-i|--maxWorkers|--runInBand)/.test(option)))
    options.push(`--maxWorkers=${Math.max(2, availableParallelism() - 1)}`);
  if (runToEnd("npx", ["jest", ...options, "--selectProjects", ...selected]) !== 0)
    failures.push("Tests failed.");
}
if (failures.length > 0) fail(failures.join("\n"));
