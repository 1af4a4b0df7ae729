import { readFileSync, rmSync, writeFileSync } from "node:fs";

/**
 * Restores files and removes a folder when the process exits before a call of `keep()`, for any reason but SIGKILL.
 *
 * @param {{ files: readonly string[], folder: string }} options absolute paths
 * @returns {{ keep(): void }}
 */
export function undoOnExit({ files, folder }) {
  const originals = files.map((file) => ({ file, content: readFileSync(file) }));
  let kept = false;
  process.once("exit", () => {
    if (kept) return;
    rmSync(folder, { recursive: true, force: true });
    for (const { file, content } of originals) {
      if (!readFileSync(file).equals(content)) writeFileSync(file, content);
    }
  });
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => process.exit(130));
  return {
    keep() {
      kept = true;
    },
  };
}
