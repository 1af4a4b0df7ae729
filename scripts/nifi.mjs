// `npm run nifi -- COMMAND`: puts NiFi's flows onto its canvas, and back into their files. `-- --help` says more.
import { install } from "./install.mjs";

install();
const { build } = await import("./build.mjs");
await build(["nifi"]);
await import(new URL("../packages/nifi/dist/main.cjs", import.meta.url).href);
