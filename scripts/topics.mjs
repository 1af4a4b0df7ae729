// `npm run topics -- back-up|restore|compare`: copies Kafka topics to a folder and back. See `-- --help`.
import { install } from "./install.mjs";

install();
const { build } = await import("./build.mjs");
await build(["topics"]);
await import(new URL("../packages/topics/dist/main.cjs", import.meta.url).href);
