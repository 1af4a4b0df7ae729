import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";

/** The ports that a running `up` forwards. */
export interface ForwardsFile {
  pid: number;
  /** The kubectl options that select the cluster. */
  selection: readonly string[];
  ports: readonly { namespace: string; service: string; localPort: number }[];
}

const toFilePath = (folder: string) => join(folder, "forwards.json");

/** Reads the file of a running `up`; undefined when none is running. */
export async function readForwards(
  folder: string,
  selection: readonly string[],
): Promise<ForwardsFile | undefined> {
  try {
    const file = JSON.parse(await readFile(toFilePath(folder), "utf8")) as ForwardsFile;
    process.kill(file.pid, 0); // throws when the process does not exist
    return file.selection.join(" ") === selection.join(" ") ? file : undefined;
  } catch {
    return undefined;
  }
}

/** Writes the file. Disposing of the result removes it. */
export async function writeForwards(folder: string, file: ForwardsFile): Promise<AsyncDisposable> {
  const path = toFilePath(folder);
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeFile(path, JSON.stringify(file), { mode: 0o600 });
  return { [Symbol.asyncDispose]: () => rm(path, { force: true }) };
}
