// `npm run dev`: the local gateway of `npm start`, and a build of each function whose source is saved.
import { fork } from "node:child_process";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { install, root } from "./install.mjs";

const args = process.argv.slice(2);
// The gateway parses all options; this option also affects the build.
const { values } = parseArgs({ args, options: { inspect: { type: "string" } }, strict: false });
const inspected = typeof values.inspect === "string" ? values.inspect : process.env.INSPECT;

install();
const { tryBuild } = await import("./build.mjs");
const isHelp = args.some((arg) => arg === "--help" || arg === "-h");
await tryBuild(isHelp ? ["gateway"] : undefined, inspected);

const gateway = fork(join(root, "packages", "gateway", "dist", "main.cjs"), args, { cwd: process.cwd() });
// The gateway stops its functions in order; this process exits after the gateway.
for (const signal of /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
  process.on(signal, () => gateway.kill(signal));
}
gateway.once("exit", (code) => process.exit(code ?? 1));
const { develop } = await import("./dev/develop.mjs");
gateway.once("message", (message) => {
  const served = /** @type {import("../packages/gateway/src/local/follow-builds.ts").ServedMessage} */ (
    message
  );
  // The gateway may exit while a message is in flight.
  void develop(served, inspected, (built) => gateway.connected && gateway.send(built));
});
