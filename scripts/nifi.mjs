// `npm run nifi -- COMMAND`: deploys flows to NiFi, and exports them to files. See `-- --help`.
import { install } from "./install.mjs";

install();
const { build } = await import("./build.mjs");
await build(["nifi"]);
await import(new URL("../packages/nifi/dist/main.cjs", import.meta.url).href);
