// `npm run e2e`: runs the tests against real services.
import { readCommandLine } from "../packages/cli/src/command.mjs";
import { install, run } from "./install.mjs";

const { operands, values } = readCommandLine({
  name: "npm run e2e",
  summary: `Runs the tests against real services, all or those whose path matches a pattern: /e2e/NAME for test/e2e/NAME.test.ts.
A missing service is a skip with its name, or a failure with REQUIRE_SERVICES=1.`,
  operands: "[PATTERN…]",
  options: {
    built: { type: "boolean", description: "use the last build instead of building" },
  },
  passThrough: "jest",
});
install();
if (!values.built) {
  const { build } = await import("./build.mjs");
  await build();
}
run("npx", ["jest", "--runInBand", ...operands, "--selectProjects", "e2e"], {
  failure: "End-to-end tests failed.",
});
