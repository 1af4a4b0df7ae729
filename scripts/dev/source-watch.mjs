import { existsSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";

/** Watches source folders, except for dependencies and build output. */
export class SourceWatch {
  #watcher;
  /** @type {Set<string>} */
  #folders = new Set();

  /** @param {import("chokidar").FSWatcher} watcher */
  constructor(watcher) {
    this.#watcher = watcher;
  }

  /** @param {(file: string) => void} onSave receives the absolute path of each saved, added or removed file */
  static async start(onSave) {
    const { watch } = await import("chokidar");
    const watcher = watch([], { ignoreInitial: true, ignored: isOutput });
    for (const event of /** @type {const} */ (["add", "change", "unlink"])) watcher.on(event, onSave);
    return new SourceWatch(watcher);
  }

  /** Watches a single file. @param {string} file */
  addFile(file) {
    this.#watcher.add(file);
  }

  /** Watches folders from now on. @param {Iterable<string>} folders */
  addFolders(folders) {
    for (const folder of folders) {
      if (this.#folders.has(folder)) continue;
      this.#folders.add(folder);
      this.#watcher.add(folder);
    }
  }
}

/**
 * Returns the folders of the packages that contain these files, except for installed packages.
 *
 * @param {Iterable<string>} files absolute
 */
export function findPackages(files) {
  const own = [...files].filter((file) => !file.includes(`${sep}node_modules${sep}`));
  return new Set(own.map(findPackage).filter((folder) => folder !== undefined));
}

/** @param {string} file @returns {string | undefined} */
function findPackage(file) {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    if (existsSync(join(folder, "package.json"))) return folder;
  }
  return undefined;
}

/** @param {string} path */
function isOutput(path) {
  const name = path.slice(path.lastIndexOf(sep) + 1);
  return name === "node_modules" || name === "dist";
}

/** A path for display, relative to the current folder if it is below. @param {string} path */
export function shortPath(path) {
  const short = relative(process.cwd(), path);
  return short.startsWith("..") ? path : short;
}
