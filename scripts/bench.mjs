// `npm run bench`: compares the performance of our parts with peers.
import { benchCommand } from "../bench/command.mjs";
import { readCommandLine } from "../packages/cli/src/command.mjs";
import { install } from "./install.mjs";

readCommandLine(benchCommand);
install();
const { build } = await import("./build.mjs");
await build();
await import(new URL("../bench/main.mjs", import.meta.url).href);
