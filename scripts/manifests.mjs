// `npm run manifests`: generates deploy/components/functions/functions.yaml from stack.yml.
import { readCommandLine } from "../packages/cli/src/command.mjs";
import { install } from "./install.mjs";

readCommandLine({
  name: "npm run manifests",
  summary: "Generates deploy/components/functions/functions.yaml from stack.yml.",
  options: {},
});
install();
const { build } = await import("./build.mjs");
await build(["gateway"]);
await import(new URL("../packages/gateway/dist/manifests.cjs", import.meta.url).href);
