// `npm run soak`: the functions under load while their peers fail, or a long version of another test.
import { parseArgs } from "node:util";
import { fail, install, run } from "./install.mjs";

const usage = `Usage: npm run soak [-- [--minutes N]]
       npm run soak -- stream [--tweets N]

  all functions under a steady load, while their peers are killed, slow or garbled and clients send garbage or vanish:
  --minutes N   how long, up to 120 (default 2)

  stream        tweets from a topic to the index while all parts are killed and started again (Maven and Java)
  --tweets N    how many, from 1000 on (default 50000)
`;

function readArguments() {
  try {
    const options = /** @type {const} */ ({
      minutes: { type: "string" },
      tweets: { type: "string" },
      help: { type: "boolean", short: "h", default: false },
    });
    return parseArgs({ options, allowPositionals: true });
  } catch (error) {
    return fail(`${/** @type {Error} */ (error).message}\n\n${usage}`, 2);
  }
}

/** The test to run and its setting; undefined where the arguments make no sense. @returns {{ test: string, env: NodeJS.ProcessEnv } | undefined} */
function chosen() {
  const { minutes, tweets } = values;
  if (positionals.length === 0 && tweets === undefined) {
    const length = Number(minutes ?? 2);
    if (!(length > 0 && length <= 120)) return undefined;
    return { test: "/e2e/soak.test", env: { SOAK_SECONDS: String(length * 60) } };
  }
  if (positionals.join() !== "stream" || minutes !== undefined) return undefined;
  const count = tweets ?? "50000";
  return /^[1-9]\d{3,6}$/.test(count)
    ? { test: "/e2e/stream.test", env: { STREAM_TWEETS: count } }
    : undefined;
}

const { values, positionals } = readArguments();
if (values.help) {
  process.stdout.write(usage);
  process.exit(0);
}
const { test, env } = chosen() ?? fail(usage, 2);

install();
const { build } = await import("./build.mjs");
await build();
run("npx", ["jest", test, "--selectProjects", "e2e"], {
  failure: "The soak test failed.",
  env: { ...process.env, ...env },
});
