// `npm run topics -- back-up|restore|compare`: copies topics of Kafka to a folder and back. `-- --help` says more.
import { install } from "./install.mjs";

install();
const { build } = await import("./build.mjs");
await build(["topics"]);
await import(new URL("../packages/topics/dist/main.cjs", import.meta.url).href);
