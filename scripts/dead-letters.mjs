// `npm run dead-letters -- list|show|replay|discard`: lists, shows, replays or discards dead letters. See `-- --help`.
import { install } from "./install.mjs";

install();
const { build } = await import("./build.mjs");
await build(["dead-letters"]);
await import(new URL("../packages/dead-letters/dist/main.cjs", import.meta.url).href);
