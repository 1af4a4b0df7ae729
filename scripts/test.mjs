// `npm test`: everything that needs no service, or the stages that are named.
import { readCommandLine } from "../packages/cli/src/command.mjs";
import { install, run } from "./install.mjs";

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
        ["check", "format, lint, types and generated files"],
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
if (stages.includes("check")) {
  console.log("Checking format, lint, types and generated files …");
  const { check } = await import("./check.mjs");
  check();
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
