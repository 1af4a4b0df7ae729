import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { cacheFolder } from "./process/cache.ts";
import { node18 } from "./repo.ts";

/** The releases of npm for Linux, on x64 and arm64. test/node18 has version 18 of the lockfile. */
export const nodeVersions = { 20: "20.20.2", 22: "22.23.3", 24: "24.21.0" } as const;

/**
 * Returns a Node.js of a major version: the one that runs this test, the lockfile's, or one that npm downloads once on a machine.
 *
 * @returns its path; undefined if npm has none for this platform
 * @throws Error if npm does not install it
 */
export function nodeBinary(major: number): string | undefined {
  if (major === 18) return node18();
  if (Number(process.versions.node.split(".")[0]) === major) return process.execPath;
  return downloadedNode(major);
}

/** Like `nodeBinary`, but never the Node.js that runs this test: the version is that of `nodeVersions`. */
export function downloadedNode(major: number): string | undefined {
  const version = (nodeVersions as Readonly<Record<number, string>>)[major];
  if (version === undefined) throw new Error(`unknown Node.js version ${major}; known: 18, 20, 22, 24`);
  if (process.platform !== "linux" || !["x64", "arm64"].includes(process.arch)) return undefined;
  const name = `node-linux-${process.arch}`;
  const folder = cacheFolder("node", version);
  if (!existsSync(folder)) download(`${name}@${version}`, folder);
  return join(folder, "node_modules", name, "bin", "node");
}

/** Installs a package in a temporary folder and moves it into place, so that no test finds an incomplete one. */
function download(specifier: string, folder: string): void {
  mkdirSync(dirname(folder), { recursive: true });
  const draft = mkdtempSync(join(dirname(folder), ".draft-"));
  try {
    const options = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"];
    const { status, stderr } = spawnSync("npm", ["install", "--prefix", draft, ...options, specifier]);
    if (status !== 0) throw new Error(`npm did not install ${specifier}: ${stderr}`);
    renameSync(draft, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error; // otherwise another process was faster
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
