// `npm start`: installs, builds and runs the local gateway. `npm start -- --help` lists its options.
import { install } from "./install.mjs";

install();
const { build } = await import("./build.mjs");
await build();
await import(new URL("../packages/gateway/dist/main.cjs", import.meta.url).href);
