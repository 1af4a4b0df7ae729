// `npm run manifests`: renders what stack.auth.yml and deploy/ take over from stack.yml.
import { readCommandLine } from "../packages/cli/src/command.mjs";
import { install } from "./install.mjs";

readCommandLine({
  name: "npm run manifests",
  summary:
    "Renders from stack.yml: stack.auth.yml, the manifests of the functions, their images and the example overlay in deploy/README.md.",
  options: {},
});
install();
const { build } = await import("./build.mjs");
await build(["gateway"]);
await import(new URL("../packages/gateway/dist/manifests.cjs", import.meta.url).href);
