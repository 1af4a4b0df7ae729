// `npm run docs`: generates documentation from the code.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { readCommandLine } from "../packages/cli/src/command.mjs";
import { commandsPage } from "./docs/commands-page.mjs";
import { metricsPage } from "./docs/metrics-page.mjs";
import { settingsPages } from "./docs/settings-pages.mjs";
import { fail, install, root } from "./install.mjs";

const { values } = readCommandLine({
  name: "npm run docs",
  summary:
    "Renders from the code: the settings tables of all READMEs and of docs/reference/functions.md, and the pages settings.md, commands.md and metrics.md of docs/reference.",
  options: { check: { type: "boolean", description: "write nothing; fail when a page is out of date" } },
  sections: [
    {
      heading: "Settings tables",
      text: `A page has a table between <!-- settings: PATH --> and <!-- /settings -->, where PATH is the module with the
settings, relative to the page: src/config.ts.`,
    },
  ],
  exitCodes: { 1: "failure, or a page is out of date" },
});

install();
const pages = await readPages();
const outdated = [...pages].filter(([path, text]) => read(path) !== text);
if (values.check && outdated.length > 0)
  fail(`out of date: ${outdated.map(([path]) => path).join(", ")} (npm run docs renders them)`);
for (const [path, text] of outdated) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
  console.log(path);
}

async function readPages() {
  try {
    return new Map([
      ...(await settingsPages()),
      ["docs/reference/commands.md", await commandsPage()],
      ["docs/reference/metrics.md", await metricsPage()],
    ]);
  } catch (error) {
    return fail(`npm run docs: ${/** @type {Error} */ (error).message}`);
  }
}

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(join(root, path), "utf8");
  } catch {
    return undefined;
  }
}
