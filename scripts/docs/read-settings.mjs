import { loadModule } from "./load-module.mjs";

/**
 * @typedef {import("../../packages/shared/src/config/setting-rows.ts").SettingRow} SettingRow
 * @typedef {typeof import("../../packages/shared/src/config/settings-table.ts")} TableModule
 */

/**
 * The settings exported by modules, and the functions that render them.
 *
 * @typedef {object} LoadedSettings
 * @property {(module: string, name?: string) => SettingRow[]} readRows the settings of the reader in a module, or of a named export
 * @property {readonly string[]} everyFunction the names of the settings that every function reads
 * @property {TableModule["settingsTable"]} settingsTable
 * @property {TableModule["settingCells"]} settingCells
 * @property {TableModule["markdownTable"]} markdownTable
 */

const shared = "packages/shared/src/config";

/**
 * Loads TypeScript modules with settings, bundled with esbuild.
 *
 * @param {readonly string[]} modules paths relative to the repo
 * @returns {Promise<LoadedSettings>}
 */
export async function readSettings(modules) {
  const { settingRows, functionSettings, loaded, ...table } = await loadModule([
    `export * from "./${shared}/setting-rows.ts";`,
    `export * from "./${shared}/settings-table.ts";`,
    `export { functionSettings } from "./${shared}/function-settings.ts";`,
    ...modules.map((path, index) => `import * as module${index} from "./${path}";`),
    `export const loaded = { ${modules.map((path, index) => `${JSON.stringify(path)}: module${index}`).join(", ")} };`,
  ]);
  return {
    ...table,
    everyFunction: Object.keys(functionSettings),
    readRows: (module, name) => {
      const exported = /** @type {Record<string, any>} */ (loaded[module]);
      if (name !== undefined && exported[name] === undefined)
        throw new Error(`${module} does not export ${name}`);
      const settings =
        name === undefined
          ? Object.values(exported).find((value) => value?.settings !== undefined)?.settings
          : (exported[name].settings ?? exported[name]);
      if (settings === undefined)
        throw new Error(`${module} does not export a settings reader (configReader)`);
      return settingRows(settings);
    },
  };
}
