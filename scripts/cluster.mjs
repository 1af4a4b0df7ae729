// `npm run cluster -- up|status|down`: the platform in a Kubernetes cluster on this machine. See `-- --help`.
import { install } from "./install.mjs";

install();
const { build } = await import("./build.mjs");
await build(["cluster", "secrets"]);
await import(new URL("../packages/cluster/dist/main.cjs", import.meta.url).href);
