// `npm run fuzz`: the long version of test/conformance/fuzz.test.ts.
import { parseArgs } from "node:util";
import { fail, install, run } from "./install.mjs";

const usage = `Usage: npm run fuzz -- [--minutes N] [--seed S]

Sends every function any bytes, any headers and any method, under the template's Node.js 18, until the time is over or an
answer breaks a promise: then it prints the seed and the least call that it found.

  --minutes N   for how long, from 1 to 10000 (default 10)
  --seed S      where to begin, to see the same calls again (default: a random one, which it prints)
`;

function readArguments() {
  try {
    const options = /** @type {const} */ ({
      minutes: { type: "string", default: "10" },
      seed: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    });
    return parseArgs({ options }).values;
  } catch (error) {
    return fail(`${/** @type {Error} */ (error).message}\n\n${usage}`, 2);
  }
}

const { minutes, seed, help } = readArguments();
if (help) {
  process.stdout.write(usage);
  process.exit(0);
}
if (!/^([1-9]\d{0,3}|10000)$/.test(minutes) || !/^\d{1,10}$/.test(seed ?? "0")) fail(usage, 2);

install();
const { build } = await import("./build.mjs");
await build();
process.env.FUZZ_SECONDS = String(Number(minutes) * 60);
if (seed !== undefined) process.env.FUZZ_SEED = seed;
run("npx", ["jest", "/conformance/fuzz.test", "--selectProjects", "conformance"], {
  failure: "A function broke a promise.",
});
