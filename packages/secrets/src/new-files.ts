import { access, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** A file to be written. */
export interface NewFile {
  /** Below the folder that all of them go to. */
  path: string;
  text: string;
}

/** Files are there already. None was written. */
export class FilesExistError extends Error {
  override readonly name: string = "FilesExistError";
}

/** All files are there already. None was written. */
export class NothingMissingError extends FilesExistError {
  override readonly name = "NothingMissingError";

  constructor() {
    super("all of it is there already, and never overwritten");
  }
}

/**
 * Writes files that only their owner can read: the groups of which nothing is there yet, whole.
 * @returns what it wrote
 * @throws FilesExistError when a group is there in part
 * @throws NothingMissingError when nothing is left to write
 */
export async function writeNewFiles(
  folder: string,
  groups: readonly (readonly NewFile[])[],
): Promise<NewFile[]> {
  const files: NewFile[] = [];
  for (const group of groups) {
    const there = await Promise.all(group.map(({ path }) => exists(join(folder, path))));
    const paths = group.flatMap(({ path }, index) => (there[index] ? [path] : []));
    if (paths.length === 0) files.push(...group);
    else if (paths.length < group.length)
      throw new FilesExistError(
        `there already, and never overwritten: ${paths.join(", ")}; what belongs to it is missing`,
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
