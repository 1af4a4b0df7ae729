import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The root folder of the repo: the nearest one above this file with the workspace's file. */
export const root = workspaceRoot(__dirname);

function workspaceRoot(folder: string): string {
  if (existsSync(join(folder, "pnpm-workspace.yaml"))) return folder;
  return workspaceRoot(dirname(folder));
}

/** The platform's version in package.json, the only file in which it is edited by hand. */
export const platformVersion: string = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version;

/** Returns the folder of a function's bundle (`npm run build` creates it). */
export function bundleFolder(name: string): string {
  const folder = join(root, "functions", name, "dist");
  if (!existsSync(join(folder, "handler.js")))
    throw new Error(`${name} is not built: run npm run build first`);
  return folder;
}

/** The template's Node.js 18 from npm, or undefined if there is none for this machine. */
export function node18(): string | undefined {
  const binary = join(root, "test", "node18", "node_modules", ".bin", "node");
  return existsSync(binary) ? binary : undefined;
}

/** The folder of our own template for faas-cli. */
export const leanTemplate = join(root, "template", "node-lean");
