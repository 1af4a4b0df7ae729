// `npm run soak -- NAME`: the long versions of tests against real services.
import { parseArgs } from "node:util";
import { fail, install, run } from "./install.mjs";

const usage = `Usage: npm run soak -- stream [--tweets N]

  stream        tweets from a topic to the index while all parts are killed and started again (Maven and Java)
  --tweets N    how many, from 1000 on (default 50000)
`;

function readArguments() {
  try {
    const options = /** @type {const} */ ({
      tweets: { type: "string", default: "50000" },
      help: { type: "boolean", short: "h", default: false },
    });
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    return fail(`${/** @type {Error} */ (error).message}\n\n${usage}`, 2);
  }
}

const { values, positionals } = readArguments();
if (values.help) {
  process.stdout.write(usage);
  process.exit(0);
}
if (positionals.join() !== "stream" || !/^[1-9]\d{3,6}$/.test(values.tweets)) fail(usage, 2);

install();
const { build } = await import("./build.mjs");
await build();
process.env.STREAM_TWEETS = values.tweets;
run("npx", ["jest", "/e2e/stream.test", "--selectProjects", "e2e"], { failure: "The soak test failed." });
