// `npm run e2e [-- NAME…]`: the tests against real services, all or those named (test/e2e/NAME.test.ts).
// A service that is not to be had is a named skip, or a failure where REQUIRE_SERVICES=1.
import { install, run } from "./install.mjs";

install();
const { build } = await import("./build.mjs");
await build();
const args = process.argv.slice(2);
run("npx", ["jest", "--runInBand", ...args, "--selectProjects", "e2e"], {
  failure: "End-to-end tests failed.",
});
