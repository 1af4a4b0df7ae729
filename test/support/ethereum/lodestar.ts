import { copyFileSync, existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { cached, cacheFolder } from "../process/cache.ts";
import { run } from "../process/command.ts";
import type { LodestarInstall } from "./lodestar-image.ts";

/** The newest Lodestar of which npm has all parts; deploy/ names a newer image. */
const version = "1.5.1";
const source = join(__dirname, "lodestar");
const preload = "with-resolvers.cjs";

/**
 * Lodestar, installed by npm once on a machine and Node.js version, without scripts of packages but for snappy's, which
 * builds against the headers of this Node.js.
 */
export async function installLodestar(): Promise<LodestarInstall> {
  const nodeMajor = Number(process.versions.node.split(".")[0]);
  const folder = await cached(cacheFolder("lodestar", `${version}-node${nodeMajor}`), async (draft) => {
    for (const file of ["package.json", "package-lock.json", preload])
      copyFileSync(join(source, file), join(draft, file));
    await npm(draft, "ci", "--ignore-scripts", "--no-audit", "--no-fund");
    await npm(draft, "rebuild", "snappy", `--nodedir=${nodePrefix()}`);
  });
  return { folder, preload: [preload], nodeMajor };
}

async function npm(cwd: string, ...args: string[]): Promise<void> {
  const { code, stderr } = await run("npm", args, { cwd });
  if (code !== 0)
    throw new Error(`npm ${args[0]} of Lodestar ${version} failed: ${stderr.trim().slice(-2000)}`);
}

/** The folder whose include/node has the headers of this Node.js. */
function nodePrefix(): string {
  const prefix = dirname(dirname(process.execPath));
  return existsSync(join(prefix, "include/node")) ? prefix : "/usr";
}
