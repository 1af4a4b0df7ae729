// `npm run fuzz`: runs the long version of test/conformance/fuzz.test.ts.
import { exitWithUsageError, readCommandLine, UsageError } from "../packages/cli/src/command.mjs";
import { install, run } from "./install.mjs";

const command = /** @type {const} */ ({
  name: "npm run fuzz",
  summary: `Sends random bytes, headers and methods to every function, under the template's Node.js 18, until the time limit or
an answer that violates the contract; then it prints the seed and a minimal call.`,
  options: {
    minutes: { type: "string", value: "N", description: "duration, 1 to 10000 minutes", fallback: "10" },
    seed: {
      type: "string",
      value: "S",
      description: "seed of the random generator, to repeat the same calls",
      fallback: "a random one, which it prints",
    },
  },
  exitCodes: { 1: "a function violated its contract" },
});

const { minutes = "10", seed } = readCommandLine(command).values;
if (!/^([1-9]\d{0,3}|10000)$/.test(minutes))
  exitWithUsageError(
    command,
    new UsageError(`--minutes must be a whole number from 1 to 10000, not "${minutes}"`),
  );
if (!/^\d{1,10}$/.test(seed ?? "0"))
  exitWithUsageError(command, new UsageError(`--seed must be a number of up to 10 digits, not "${seed}"`));

install();
const { build } = await import("./build.mjs");
await build();
process.env.FUZZ_SECONDS = String(Number(minutes) * 60);
if (seed !== undefined) process.env.FUZZ_SEED = seed;
run("npx", ["jest", "/conformance/fuzz.test", "--selectProjects", "conformance"], {
  failure: "A function violated its contract.",
});
