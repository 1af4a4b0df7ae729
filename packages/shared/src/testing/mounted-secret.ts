import {
  mkdirSync,
  mkdtempSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A secret in the kubelet's layout: each file is a symlink to `..data/NAME`, and `..data` is a symlink to a folder. */
export interface MountedSecret extends Disposable {
  path: string;
  /** Changes all files at once like the kubelet: writes a new folder and renames a symlink over `..data`. */
  swap(files: Readonly<Record<string, string>>): void;
}

export function mountSecret(initialFiles: Readonly<Record<string, string>>): MountedSecret {
  const path = mkdtempSync(join(tmpdir(), "mounted-secret-"));
  const dataLink = join(path, "..data");
  let versions = 0;

  function write(files: Readonly<Record<string, string>>): string {
    const version = `..version-${++versions}`;
    mkdirSync(join(path, version));
    for (const [name, text] of Object.entries(files)) writeFileSync(join(path, version, name), text);
    return version;
  }

  symlinkSync(write(initialFiles), dataLink);
  for (const name of Object.keys(initialFiles)) symlinkSync(join("..data", name), join(path, name));
  return {
    path,
    swap(files) {
      const last = readlinkSync(dataLink);
      symlinkSync(write(files), `${dataLink}_tmp`);
      renameSync(`${dataLink}_tmp`, dataLink);
      rmSync(join(path, last), { recursive: true });
    },
    [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }),
  };
}
