import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The folder of the repo: the nearest one above this file that has the workspace's file. */
export const root = workspaceRoot(__dirname);

function workspaceRoot(folder: string): string {
  if (existsSync(join(folder, "pnpm-workspace.yaml"))) return folder;
  return workspaceRoot(dirname(folder));
}

/** The platform's version: that of package.json, the one place where it is written by hand. */
export const platformVersion: string = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version;

/** Where a function's bundle is (`npm run build` makes it). */
export function distOf(name: string): string {
  const folder = join(root, "functions", name, "dist");
  if (!existsSync(join(folder, "handler.js")))
    throw new Error(`${name} is not built: run npm run build first`);
  return folder;
}

/** The template's Node.js 18 from npm, or undefined where there is none for this machine. */
export function node18(): string | undefined {
  const binary = join(root, "test", "node18", "node_modules", ".bin", "node");
  return existsSync(binary) ? binary : undefined;
}

/** Our own template of faas-cli. */
export const leanTemplate = join(root, "template", "node-lean");
