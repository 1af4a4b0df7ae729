import { existsSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { functionOptions, writeFunctionManifest, writeOutputs } from "../bundle.mjs";
import { root } from "../install.mjs";

/**
 * The result of a build.
 *
 * @typedef {object} BuildResult
 * @property {boolean} changed whether dist has a new bundle
 * @property {readonly import("esbuild").Message[]} errors empty for a successful build
 */

/** Rebuilds one function; a failed build keeps the last good bundle in dist. */
export class FunctionBuilder {
  /** The folder of the function. */
  folder;
  /** The name of the folder. */
  name;
  /** The folder with handler.js. */
  handler;
  /** The absolute paths of the files in the latest good bundle. @type {Set<string>} */
  inputs = new Set();
  /** Whether the latest build failed. */
  failed = false;
  #context;

  /**
   * @param {string} folder
   * @param {import("esbuild").BuildContext} context
   */
  constructor(folder, context) {
    this.folder = folder;
    this.name = basename(folder);
    this.handler = join(folder, "dist");
    this.#context = context;
  }

  /**
   * Creates the builder for the function whose bundle is in a folder; undefined when its source is not beside the folder.
   *
   * @param {string} handler
   * @param {boolean} readable whether to build for a debugger
   */
  static async of(handler, readable) {
    const folder = dirname(handler);
    if (basename(handler) !== "dist" || !existsSync(join(folder, "src", "handler.ts"))) return undefined;
    const esbuild = await import("esbuild");
    const options = functionOptions(folder, { readable });
    const context = await esbuild.context({
      ...options,
      absWorkingDir: root,
      metafile: true,
      write: false,
      logLevel: "silent",
    });
    return new FunctionBuilder(folder, context);
  }

  /** Whether a saved file belongs to the bundle. After a failure, any file may be the missing one. @param {string} file */
  affects(file) {
    return this.failed || this.inputs.has(file);
  }

  /** @returns {Promise<BuildResult>} */
  async build() {
    try {
      const { metafile, outputFiles = [] } = await this.#context.rebuild();
      this.inputs = new Set(Object.keys(metafile?.inputs ?? {}).map((file) => resolve(root, file)));
      this.failed = false;
      await writeFunctionManifest(this.folder);
      return { changed: await writeOutputs(outputFiles), errors: [] };
    } catch (error) {
      const { errors } = /** @type {import("esbuild").BuildFailure} */ (error);
      if (errors === undefined) throw error;
      this.failed = true;
      return { changed: false, errors };
    }
  }
}
