// `npm run up`: builds the functions, then their images, and deploys them.
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
        ["OPENFAAS_URL", "the gateway"],
        ["OPENFAAS_PREFIX", "the registry and user of the images' names"],
      ],
      text: "Other variables that stack.yml names work as well.",
    },
  ],
  exitCodes: { 1: "failure of the build or of faas-cli; the lines above say why" },
});
install();
const { build } = await import("./build.mjs");
await build();
run("faas-cli", ["up", "-f", "stack.yml", ...operands], {
  failure:
    "faas-cli up failed. It must be installed (https://docs.openfaas.com/cli/install/) and needs Docker.",
});
