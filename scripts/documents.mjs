// `npm run documents -- delete`: removes documents from Elasticsearch. See `-- --help`.
import { install } from "./install.mjs";

install();
const { build } = await import("./build.mjs");
await build(["documents"]);
await import(new URL("../packages/documents/dist/main.cjs", import.meta.url).href);
