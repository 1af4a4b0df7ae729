// `npm run dev`: the local gateway of `npm start`, and a build of each function whose source is saved.
import { fork } from "node:child_process";
import { join } from "node:path";
import { readCommandLine } from "../packages/cli/src/command.mjs";
import { install, root } from "./install.mjs";

/** The options of `npm start`, each with its variable: the gateway reads the variables. */
const options = /** @type {const} */ ({
  port: {
    type: "string",
    value: "N",
    short: "p",
    variable: "PORT",
    fallback: "8080",
    description: "where to listen",
  },
  host: {
    type: "string",
    value: "ADDRESS",
    variable: "HOST",
    fallback: "127.0.0.1",
    description: "on which address",
  },
  stack: {
    type: "string",
    value: "FILE",
    variable: "STACK",
    fallback: "stack.yml",
    description: "the stack file",
  },
  secrets: {
    type: "string",
    value: "DIR",
    variable: "SECRETS_DIR",
    fallback: ".secrets",
    description: "a folder with a file for each secret",
  },
  data: {
    type: "string",
    value: "DIR",
    variable: "DATA_DIR",
    fallback: ".data",
    description: "where the embedded store keeps documents",
  },
  "no-posts": {
    type: "boolean",
    variable: "POSTS=false",
    description: "no invented posts in the embedded store",
  },
  inspect: {
    type: "string",
    value: "FUNCTION",
    variable: "INSPECT",
    description: "open Node.js's debugger for this function",
  },
});

const { values } = readCommandLine({
  name: "npm run dev",
  summary:
    "Runs the functions of stack.yml behind the local gateway, as npm start does. When a file is saved, it builds and\n" +
    "restarts the functions that import it; calls in flight finish. It shows build and type errors, and after a build\n" +
    "error the last good build goes on serving. Changes of the gateway itself and of the stack file need a new start.",
  options,
  sections: [{ heading: "More", text: "  npm start -- --help lists the settings that name other services." }],
});

const inspected = values.inspect ?? process.env.INSPECT;

install();
const { build } = await import("./build.mjs");
await build(undefined, inspected).catch((/** @type {Error} */ { message }) => {
  console.error(`${message}\nThe last good builds serve where there are some.`);
});

const { "no-posts": noPosts, ...texts } = values;
const variables = Object.entries(texts).flatMap(([name, value]) =>
  value === undefined ? [] : [[options[/** @type {keyof typeof texts} */ (name)].variable, value]],
);
const gateway = fork(join(root, "packages", "gateway", "dist", "main.cjs"), [], {
  cwd: process.cwd(),
  env: { ...process.env, ...Object.fromEntries(variables), ...(noPosts ? { POSTS: "false" } : {}) },
});
// The gateway stops its functions in order, and its end is the end of this process.
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  process.on(signal, () => gateway.kill(signal));
}
gateway.once("exit", (code) => process.exit(code ?? 1));
const { develop } = await import("./dev/develop.mjs");
gateway.once("message", (message) => {
  const served = /** @type {import("../packages/gateway/src/local/follow-builds.ts").ServedMessage} */ (
    message
  );
  // A message may be under way when the gateway ends.
  void develop(served, inspected, (built) => gateway.connected && gateway.send(built));
});
