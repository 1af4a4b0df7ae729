// `npm start`: installs, builds and runs the local gateway. `npm start -- --help` lists its options.
import { install } from "./install.mjs";

install();
const { tryBuild } = await import("./build.mjs");
// The gateway serves the functions that build. Its help needs no build of them.
const isHelp = process.argv.some((arg) => arg === "--help" || arg === "-h");
await tryBuild(isHelp ? ["gateway"] : undefined);
await import(new URL("../packages/gateway/dist/main.cjs", import.meta.url).href);
