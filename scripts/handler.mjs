// `npm run handler -- FUNCTION`: calls a built function once, without a server.
import { install } from "./install.mjs";

install();
const { build } = await import("./build.mjs");
await build();
await import(new URL("../packages/gateway/dist/handler.cjs", import.meta.url).href);
