import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A file that a command renders. `path` is relative to the repo's folder. @typedef {{ path: string, text: string }} RenderedFile */

/**
 * Writes rendered files below the working directory, and prints their paths. With `--check` among the process's arguments, it
 * writes nothing and the process fails when a file is out of date.
 * @param {string} command the command as users type it
 * @param {(root: string) => readonly RenderedFile[]} render
 */
export function writeRendered(command, render) {
  const root = process.cwd();
  try {
    const files = render(root);
    if (process.argv.includes("--check")) {
      const outdated = files.filter(({ path, text }) => read(join(root, path)) !== text);
      if (outdated.length > 0) throw new Error(`out of date: ${outdated.map(({ path }) => path).join(", ")}`);
      return;
    }
    for (const { path, text } of files) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
      console.log(path);
    }
  } catch (error) {
    console.error(`${command}: ${/** @type {Error} */ (error).message}`);
    process.exit(1);
  }
}

/** @param {string} path */
function read(path) {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}
