// `npm run manifests`: renders stack.auth.yml and files of deploy/ from stack.yml, and Grafana's boards.
import { readCommandLine } from "../packages/cli/src/command.mjs";
import { install } from "./install.mjs";

readCommandLine({
  name: "npm run manifests",
  summary:
    "Renders from stack.yml: stack.auth.yml, the manifests of the functions, their images and the example overlay in deploy/README.md. Renders the list of all images, deploy/images.txt, and Grafana's boards from packages/monitoring.",
  options: { check: { type: "boolean", description: "write nothing; fail when a file is out of date" } },
  exitCodes: { 1: "failure, or a file is out of date" },
});
install();
const { build } = await import("./build.mjs");
await build(["gateway", "monitoring"]);
await import(new URL("../packages/gateway/dist/manifests.cjs", import.meta.url).href);
await import(new URL("../packages/monitoring/dist/main.cjs", import.meta.url).href);
