import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, posix } from "node:path";
import { root } from "../install.mjs";
import { readSettings } from "./read-settings.mjs";

/** @import { LoadedSettings, SettingRow } from "./read-settings.mjs" */

/**
 * A table in a README: `<!-- settings: src/config.ts -->`, the rows, `<!-- /settings -->`. The path is relative to the
 * README; `#name` after it selects an export that is not a settings reader.
 */
const markers = /(<!-- settings: (\S+?)(?:#(\w+))? -->\n).*?(<!-- \/settings -->)/gs;
const index = "docs/reference/settings.md";
const functionsPage = "docs/reference/functions.md";

/**
 * Generates the pages with settings: each README with markers, the page on functions, and the index of all settings.
 *
 * @returns {Promise<Map<string, string>>} contents by the path relative to the repo
 */
export async function settingsPages() {
  const readmes = [
    functionsPage,
    ...listPackages("functions", "packages").map((folder) => `${folder}/README.md`),
  ]
    .filter((path) => existsSync(join(root, path)))
    .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));
  const named = readmes.flatMap(({ path, text }) =>
    [...text.matchAll(markers)].map(([, , module = ""]) => toModulePath(path, module)),
  );
  const readers = readerModules();
  const settings = await readSettings([...new Set([...named, ...readers])]);
  return new Map([
    ...readmes.map(({ path, text }) => /** @type {const} */ ([path, withTables(path, text, settings)])),
    [index, indexPage(readers, settings)],
  ]);
}

/** @param {string} readme @param {string} module */
function toModulePath(readme, module) {
  return posix.join(posix.dirname(readme), module);
}

/** @param {string} path @param {string} text @param {LoadedSettings} settings */
function withTables(path, text, { readRows, everyFunction, settingsTable }) {
  const filled = text.replace(markers, (_, begin, module, name, end) => {
    const rows = readRows(toModulePath(path, module), name);
    // docs/reference/functions.md has the settings of every function.
    const own = path.startsWith("functions/")
      ? rows.filter((row) => !everyFunction.includes(row.name))
      : rows;
    return `${begin}\n${settingsTable(own)}\n\n${end}`;
  });
  if (filled.split("<!-- settings: ").length !== [...text.matchAll(markers)].length + 1)
    throw new Error(`${path} has a settings marker without <!-- /settings -->`);
  return filled;
}

/** Lists the modules with settings readers: `config.ts` or `NAME-config.ts`. */
function readerModules() {
  return listPackages("functions", "packages").flatMap((folder) => {
    const source = join(root, folder, "src");
    if (!existsSync(source)) return [];
    return readdirSync(source, { recursive: true })
      .map((path) => String(path).replaceAll("\\", "/"))
      .filter((path) => /(^|\/|-)config\.ts$/.test(path))
      .sort()
      .map((path) => `${folder}/src/${path}`);
  });
}

/** Lists the folders with a package.json in these folders. @param {readonly string[]} parents */
function listPackages(...parents) {
  return parents.flatMap((parent) =>
    readdirSync(join(root, parent))
      .filter((name) => existsSync(join(root, parent, name, "package.json")))
      .map((name) => `${parent}/${name}`),
  );
}

/** @param {readonly string[]} modules @param {LoadedSettings} settings */
function indexPage(modules, { readRows, settingCells, markdownTable }) {
  /** The readers of settings with equal cells. @type {Map<string, { cells: string[], readers: string[] }>} */
  const rows = new Map();
  for (const module of modules) {
    for (const cells of readRows(module).map(settingCells)) {
      const row = rows.get(cells.join("\n")) ?? { cells, readers: [] };
      rows.set(cells.join("\n"), { cells, readers: [...row.readers, `[${readerName(module, modules)}]`] });
    }
  }
  const links = modules.map((module) => `[${readerName(module, modules)}]: ../../${module}`);
  const lines = [...rows.values()]
    .map(({ cells, readers }) => [...cells, readers.join(", ")])
    .sort(([a = ""], [b = ""]) => (a < b ? -1 : a > b ? 1 : 0));
  return `# Settings

Every setting of every function and program: an environment variable, its default, the values it takes and the programs that
read it. An empty variable counts as unset. \`npm run docs\` generates this page from the code.

${markdownTable([["setting", "default", "values", "description", "read by"], ...lines])}

${links.join("\n")}
`;
}

/** The name of the program or function that reads the settings of a module. @param {string} module @param {readonly string[]} modules */
function readerName(module, modules) {
  const [parent, name = ""] = module.split("/");
  const isOnly = modules.filter((other) => other.startsWith(`${parent}/${name}/`)).length === 1;
  const file = basename(module, ".ts");
  const program = file === "config" ? basename(dirname(module)) : file.replace(/-config$/, "");
  return isOnly ? name : `${name}: ${program}`;
}
