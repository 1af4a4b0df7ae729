// `npm run up`: builds the functions and their images, and deploys them.
import { readCommandLine } from "../packages/cli/src/command.mjs";
import { install, run } from "./install.mjs";

const { operands } = readCommandLine({
  name: "npm run up",
  summary:
    "Builds the bundles of the functions, then runs faas-cli up -f stack.yml: images, push, deployment.",
  options: {},
  passThrough: "faas-cli up",
  sections: [
    {
      heading: "Settings, from the environment",
      rows: [
        ["OPENFAAS_URL", "URL of the gateway"],
        ["OPENFAAS_PREFIX", "registry and user in the image names"],
      ],
      text: "Other variables of stack.yml work as well.",
    },
  ],
  exitCodes: { 1: "the build or faas-cli failed; see the lines above" },
});
install();
const { build } = await import("./build.mjs");
await build();
run("faas-cli", ["up", "-f", "stack.yml", ...operands], {
  failure:
    "faas-cli up failed. Is faas-cli installed (https://docs.openfaas.com/cli/install/), and does Docker run?",
});
