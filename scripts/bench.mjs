// `npm run bench`: how fast our parts are beside others that do the same.
import { benchCommand } from "../bench/command.mjs";
import { readCommandLine } from "../packages/cli/src/command.mjs";
import { install } from "./install.mjs";

readCommandLine(benchCommand);
install();
const { build } = await import("./build.mjs");
await build();
await import(new URL("../bench/main.mjs", import.meta.url).href);
