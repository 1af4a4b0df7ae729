// `npm run soak`: runs the functions under load while their peers fail, or the long version of another test.
import { exitWithUsageError, readCommandLine, UsageError } from "../packages/cli/src/command.mjs";
import { install, run } from "./install.mjs";

const command = /** @type {const} */ ({
  name: "npm run soak",
  summary: `Runs all functions under a steady load, while peers are killed, slow or send garbage, and clients send garbage or
disconnect; or runs the long version of another test.`,
  operands:
    "[stream|feeds|contract|console|proof-of-stake|provider|production|production-once|restore|nifi-cluster|jupyterhub]",
  options: {
    minutes: { type: "string", value: "N", description: "duration, at most 120 minutes", fallback: "2" },
    tweets: {
      type: "string",
      value: "N",
      description: "for stream: number of tweets, at least 1000",
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
        ["feeds", "5,000 live posts a second to a topic, while the service is killed (needs Maven and Java)"],
        ["contract", "the contract of the functions under Node.js 18, 20, 22 and 24"],
        [
          "console",
          "each view and request of the console, with 200,000 documents in either store and 1,000,000 messages (needs Maven, Java and Chromium)",
        ],
        [
          "proof-of-stake",
          "an Ethereum network by proof of stake on a cluster, with killed validators (needs a cluster with a node, Docker, Go)",
        ],
        [
          "provider",
          "the cluster's gateway: 50 functions at once, killed replicas, 1,000 calls to a function at zero (needs a cluster with a node, Docker, faas-cli)",
        ],
        [
          "production-once",
          "2,000 tweets through overlays/production on a cluster, while one pod of each kind is killed and evicted (needs a cluster with a node, Docker, faas-cli, Maven and Java)",
        ],
        [
          "production",
          "20,000 tweets through overlays/production on a cluster, while each pod on their way is killed, restarted and evicted (needs a cluster with a node, Docker, faas-cli, Maven and Java)",
        ],
        [
          "restore",
          "the platform on a cluster: backed up, deleted, restored into an empty namespace by the commands of docs/how-to/back-up-and-restore.md, compared (needs a cluster with a node, Docker, faas-cli, Go, Maven and Java)",
        ],
        [
          "nifi-cluster",
          "NiFi on a cluster: the coordinator of two nodes killed; one node scaled to two and back while tweets are queued (needs a cluster with a node, Docker, faas-cli, Go, Maven and a JDK 21)",
        ],
        [
          "jupyterhub",
          "JupyterHub on a cluster beside all of overlays/local: a login, the notebooks in the user's server, culling, restarts (needs a cluster with a node, Docker, faas-cli, Go, Maven, Python and a JDK 21)",
        ],
      ],
    },
  ],
});

/** Tests of test/soak with their settings; all but console run on a cluster. */
const soakTests = /** @type {Readonly<Record<string, NodeJS.ProcessEnv>>} */ ({
  console: { CONSOLE_LOAD: "full" },
  "proof-of-stake": {},
  provider: {},
  production: {},
  "production-once": {},
  restore: {},
  "nifi-cluster": {},
  jupyterhub: {},
});

/**
 * Reads the test to run and its settings.
 * @returns {{ project: "e2e" | "conformance" | "soak", test: string, env: NodeJS.ProcessEnv }}
 */
function readTest() {
  const { values, operands } = readCommandLine(command);
  const { minutes, tweets } = values;
  if (operands.length === 0 && tweets === undefined)
    return {
      project: "e2e",
      test: "/e2e/soak.test",
      env: { SOAK_SECONDS: String(readMinutes(minutes) * 60) },
    };
  if (operands.length === 0) refuse("--tweets belongs to the test stream");
  if (operands.join(" ") === "contract") {
    if (tweets !== undefined || minutes !== undefined) refuse("the test contract has no options");
    const env = { CONTRACT_NODES: "18,20,22,24" };
    return { project: "conformance", test: "/conformance/node-versions.test", env };
  }
  if (operands.join(" ") === "feeds") {
    if (tweets !== undefined) refuse("--tweets belongs to the test stream");
    return {
      project: "e2e",
      test: "/e2e/feeds.test",
      env: { FEEDS_SECONDS: String(readMinutes(minutes) * 60) },
    };
  }
  const [name = ""] = operands;
  if (operands.length === 1 && Object.hasOwn(soakTests, name)) {
    if (tweets !== undefined || minutes !== undefined) refuse(`the test ${name} has no options`);
    return { project: "soak", test: `/soak/${name}.test`, env: soakTests[name] ?? {} };
  }
  if (operands.join(" ") !== "stream")
    refuse(
      `there is no test "${operands.join(" ")}"; available: stream, feeds, contract, ${Object.keys(soakTests).join(", ")}`,
    );
  if (minutes !== undefined) refuse("--minutes does not belong to the test stream");
  const count = tweets ?? "50000";
  if (!/^[1-9]\d{3,6}$/.test(count))
    refuse(`--tweets must be a whole number from 1000 to 9999999, not "${count}"`);
  return { project: "e2e", test: "/e2e/stream.test", env: { STREAM_TWEETS: count } };
}

/** @param {string | undefined} minutes */
function readMinutes(minutes) {
  const length = Number(minutes ?? 2);
  if (!(length > 0 && length <= 120)) refuse(`--minutes must be above 0 and at most 120, not "${minutes}"`);
  return length;
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
