// `npm run soak`: the functions under load while their peers fail, or a long version of another test.
import { exitWithUsageError, readCommandLine, UsageError } from "../packages/cli/src/command.mjs";
import { install, run } from "./install.mjs";

const command = /** @type {const} */ ({
  name: "npm run soak",
  summary: `Runs all functions under a steady load, while their peers are killed, slow or garbled and clients send garbage or
disconnect; or the long version of another test.`,
  operands: "[stream|contract|proof-of-stake|provider|restore]",
  options: {
    minutes: { type: "string", value: "N", description: "how long, up to 120 minutes", fallback: "2" },
    tweets: {
      type: "string",
      value: "N",
      description: "with stream: how many tweets, from 1000 on",
      fallback: "50000",
    },
  },
  sections: [
    {
      heading: "Tests",
      rows: [
        [
          "stream",
          "tweets from a topic to the index while all parts are killed and restarted (needs Maven and Java)",
        ],
        ["contract", "the contract of the functions under Node.js 18, 20, 22 and 24"],
        [
          "proof-of-stake",
          "an Ethereum network by proof of stake on a cluster, with killed validators (needs a cluster with a node, Docker, Go)",
        ],
        [
          "provider",
          "the cluster's gateway: 50 functions at once, killed replicas, 1,000 calls to a function at zero (needs a cluster with a node, Docker, faas-cli)",
        ],
        [
          "restore",
          "the platform on a cluster: backed up, deleted, restored into an empty namespace by the commands of docs/how-to/back-up-and-restore.md, compared (needs a cluster with a node, Docker, Go, Maven and Java)",
        ],
      ],
    },
  ],
});

/** Tests of test/soak that run on a cluster. */
const onCluster = ["proof-of-stake", "provider", "restore"];

/**
 * The test to run and its setting.
 * @returns {{ project: "e2e" | "conformance" | "soak", test: string, env: NodeJS.ProcessEnv }}
 */
function readTest() {
  const { values, operands } = readCommandLine(command);
  const { minutes, tweets } = values;
  if (operands.length === 0 && tweets === undefined) {
    const length = Number(minutes ?? 2);
    if (!(length > 0 && length <= 120)) refuse(`--minutes must be above 0 and at most 120, not "${minutes}"`);
    return { project: "e2e", test: "/e2e/soak.test", env: { SOAK_SECONDS: String(length * 60) } };
  }
  if (operands.length === 0) refuse("--tweets belongs to the test stream");
  if (operands.join(" ") === "contract") {
    if (tweets !== undefined || minutes !== undefined) refuse("the test contract has no options");
    const env = { CONTRACT_NODES: "18,20,22,24" };
    return { project: "conformance", test: "/conformance/node-versions.test", env };
  }
  const [name = ""] = operands;
  if (operands.length === 1 && onCluster.includes(name)) {
    if (tweets !== undefined || minutes !== undefined) refuse(`the test ${name} has no options`);
    return { project: "soak", test: `/soak/${name}.test`, env: {} };
  }
  if (operands.join(" ") !== "stream")
    refuse(`there is no test "${operands.join(" ")}"; available: stream, contract, ${onCluster.join(", ")}`);
  if (minutes !== undefined) refuse("--minutes does not belong to the test stream");
  const count = tweets ?? "50000";
  if (!/^[1-9]\d{3,6}$/.test(count))
    refuse(`--tweets must be a whole number from 1000 to 9999999, not "${count}"`);
  return { project: "e2e", test: "/e2e/stream.test", env: { STREAM_TWEETS: count } };
}

/** @param {string} problem @returns {never} */
function refuse(problem) {
  return exitWithUsageError(command, new UsageError(problem));
}

const { project, test, env } = readTest();

install();
const { build } = await import("./build.mjs");
await build();
run("npx", ["jest", test, "--selectProjects", project], {
  failure: "The soak test failed.",
  env: { ...process.env, ...env },
});
