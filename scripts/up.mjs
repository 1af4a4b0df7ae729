// `npm run up [-- options of faas-cli up]`: builds the functions, then their images, and deploys them.
import { install, run } from "./install.mjs";

install();
const { build } = await import("./build.mjs");
await build();
run("faas-cli", ["up", "-f", "stack.yml", ...process.argv.slice(2)], {
  failure:
    "faas-cli up failed. It must be installed (https://docs.openfaas.com/cli/install/) and needs Docker.",
});
