// `npm run secrets`: makes the accounts, keys and passwords that deploy/ names. `npm run secrets -- --help` says more.
import { install } from "./install.mjs";

install();
const { build } = await import("./build.mjs");
await build(["secrets"]);
await import(new URL("../packages/secrets/dist/main.cjs", import.meta.url).href);
