// `npm start`: installs, builds and runs the local gateway. `npm start -- --help` lists its options.
import { install } from "./install.mjs";

install();
const { build } = await import("./build.mjs");
// The help is part of the gateway; it does not wait for functions, or fail when one does not build.
const isHelp = process.argv.some((arg) => arg === "--help" || arg === "-h");
await build(isHelp ? ["gateway"] : undefined);
await import(new URL("../packages/gateway/dist/main.cjs", import.meta.url).href);
