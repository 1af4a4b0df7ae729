// `npm run secrets`: creates the accounts, keys and passwords for deploy/.
import { readCommandLine } from "../packages/cli/src/command.mjs";
import { secretsCommand } from "../packages/secrets/src/command.mjs";
import { install } from "./install.mjs";

readCommandLine(secretsCommand);
install();
const { build } = await import("./build.mjs");
await build(["secrets"]);
await import(new URL("../packages/secrets/dist/main.cjs", import.meta.url).href);
