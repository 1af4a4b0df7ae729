import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { cached, cacheFolder } from "../process/cache.ts";
import { succeed } from "../process/command.ts";
import { root } from "../repo.ts";

/**
 * Returns a folder with a class for `--patch-module`, with which Elasticsearch starts with fewer than 65,535 file descriptors. A node of a
 * cluster refuses that. A container cannot have more than its machine allows, and test machines allow less.
 */
export function withoutFileLimit(home: string, version: string): Promise<string> {
  return cached(cacheFolder("elasticsearch-file-limit", version), async (draft) => {
    const source = join(root, "test", "support", "elasticsearch", "file-limit", "BootstrapChecks.java");
    const classes = join(draft, "all");
    await mkdir(classes);
    await succeed("javac", ["-proc:none", "-nowarn", "-cp", join(home, "lib", "*"), "-d", classes, source]);
    const packagePath = join("org", "elasticsearch", "bootstrap");
    await mkdir(join(draft, packagePath), { recursive: true });
    for (const file of await readdir(join(classes, packagePath)))
      if (file.includes("$")) await rename(join(classes, packagePath, file), join(draft, packagePath, file));
    await rm(classes, { recursive: true });
  });
}
