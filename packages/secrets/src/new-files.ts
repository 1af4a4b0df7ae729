import { access, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** A file to write. */
export interface NewFile {
  /** Relative to the output folder. */
  path: string;
  text: string;
}

/** Some files exist already. None was written. */
export class FilesExistError extends Error {
  override readonly name: string = "FilesExistError";
}

/** All files exist already. None was written. */
export class NothingMissingError extends FilesExistError {
  override readonly name = "NothingMissingError";

  constructor() {
    super("all files exist already and are never overwritten");
  }
}

/**
 * Writes files that only their owner can read. Writes a group as a whole, and skips groups that exist.
 * @returns the written files
 * @throws FilesExistError when a group exists in part
 * @throws NothingMissingError when all files exist
 */
export async function writeNewFiles(
  folder: string,
  groups: readonly (readonly NewFile[])[],
): Promise<NewFile[]> {
  const files: NewFile[] = [];
  for (const group of groups) {
    const present = await Promise.all(group.map(({ path }) => exists(join(folder, path))));
    const existing = group.flatMap(({ path }, index) => (present[index] ? [path] : []));
    const missing = group.flatMap(({ path }, index) => (present[index] ? [] : [path]));
    if (existing.length === 0) files.push(...group);
    else if (missing.length > 0)
      throw new FilesExistError(
        `these files exist and are never overwritten: ${existing.join(", ")}; files that belong to them are missing: ${missing.join(", ")}`,
      );
  }
  if (files.length === 0) throw new NothingMissingError();
  for (const { path, text } of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, text, { mode: 0o600, flag: "wx" });
  }
  return files;
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
