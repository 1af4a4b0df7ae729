import { access, mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** A file to be written. */
export interface NewFile {
  /** Below the folder that all of them go to. */
  path: string;
  text: string;
}

/** Some of the files are there already. Nothing was written. */
export class FilesExistError extends Error {
  constructor(readonly paths: readonly string[]) {
    super(`there already, and never overwritten: ${paths.join(", ")}`);
  }
}

/**
 * Writes files that only their owner can read; none of them when one is there already.
 * @throws FilesExistError
 */
export async function writeNewFiles(folder: string, files: readonly NewFile[]): Promise<void> {
  const there = await Promise.all(files.map(({ path }) => exists(join(folder, path))));
  const paths = files.flatMap(({ path }, index) => (there[index] ? [path] : []));
  if (paths.length > 0) throw new FilesExistError(paths);
  for (const { path, text } of files) {
    const file = join(folder, path);
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await writeFile(file, text, { mode: 0o600, flag: "wx" });
  }
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
