// `npm run manifests`: makes deploy/components/functions/functions.yaml of stack.yml.
import { install } from "./install.mjs";

install();
const { build } = await import("./build.mjs");
await build(["gateway"]);
await import(new URL("../packages/gateway/dist/manifests.cjs", import.meta.url).href);
