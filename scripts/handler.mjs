// `npm run handler -- FUNCTION`: calls a built function once, without a server.
import { readCommandLine } from "../packages/cli/src/command.mjs";
import { handlerCommand } from "../packages/gateway/src/commands/handler-command.mjs";
import { install } from "./install.mjs";

readCommandLine(handlerCommand);
install();
const { build } = await import("./build.mjs");
await build();
await import(new URL("../packages/gateway/dist/handler.cjs", import.meta.url).href);
