// `npm run bench [-- --only NAME]`: how fast our parts are beside others that do the same, in one run.
import { install } from "./install.mjs";

install();
const { build } = await import("./build.mjs");
await build();
await import(new URL("../bench/main.mjs", import.meta.url).href);
