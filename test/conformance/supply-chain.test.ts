import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { functionNames } from "../support/functions/stack-functions.ts";
import { bundleFolder, root } from "../support/repo.ts";

const read = (...path: string[]) => readFileSync(join(root, ...path), "utf8");

interface Lockfile {
  importers: Record<string, object>;
  packages: Record<string, { resolution: Record<string, string> }>;
}
const lockfile: Lockfile = parse(read("pnpm-lock.yaml"));
const workspace: { allowBuilds: Record<string, boolean>; dangerouslyAllowAllBuilds?: boolean } = parse(
  read("pnpm-workspace.yaml"),
);

describe("the lockfile", () => {
  it("is frozen in CI, and read by the pnpm version that package.json pins", () => {
    const script = read("scripts", "install.mjs");
    expect(script).toContain('process.env.CI ? ["--frozen-lockfile"] : []');
    expect(script).toContain('packageManager, "install", ...frozen');
    expect(JSON.parse(read("package.json")).packageManager).toMatch(/^pnpm@\d+\.\d+\.\d+$/);
  });

  it("has a checksum for every package, and no package from outside a registry", () => {
    const resolutions = Object.entries(lockfile.packages);
    expect(resolutions.length).toBeGreaterThan(100);
    const odd = resolutions.filter(
      ([, { resolution }]) =>
        Object.keys(resolution).join() !== "integrity" ||
        !/^sha512-[\w+/]{86}==$/.test(resolution.integrity!),
    );
    expect(odd).toEqual([]);
  });
});

it.each(Object.keys(lockfile.importers))("%s/package.json pins exact versions", (folder) => {
  const { dependencies, devDependencies, optionalDependencies } = JSON.parse(read(folder, "package.json"));
  const versions = Object.values<string>({ ...dependencies, ...devDependencies, ...optionalDependencies });
  expect(
    versions.filter((version) => !/^((npm:[\w-]+@)?\d+\.\d+\.\d+(-[\w.]+)?|workspace:\*)$/.test(version)),
  ).toEqual([]);
});

describe("install scripts", () => {
  it("run for no package, and pnpm-workspace.yaml lists each package that has some", () => {
    expect(workspace.dangerouslyAllowAllBuilds).toBeUndefined();
    const listed = Object.entries(workspace.allowBuilds);
    expect(listed.filter(([, allowed]) => allowed)).toEqual([]);
    expect(packagesWithInstallScripts()).toEqual(listed.map(([name]) => name).sort());
  });

  it.each(functionNames)("are not part of the image of %s, which installs nothing", (name) => {
    const manifest = JSON.parse(readFileSync(join(bundleFolder(name), "package.json"), "utf8"));
    expect(Object.keys(manifest).filter((key) => /dependencies/i.test(key))).toEqual([]);
  });
});

/** The installed packages that would run an install script. */
function packagesWithInstallScripts(): string[] {
  const store = join(root, "node_modules", ".pnpm");
  const installed = readdirSync(store).flatMap((entry) => listPackages(join(store, entry, "node_modules")));
  return [...new Set(installed)].sort();
}

function listPackages(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory()) // a symbolic link leads to a package with its own entry
    .flatMap(({ name }) => {
      const path = join(folder, name);
      if (name.startsWith("@")) return listPackages(path);
      return hasInstallScript(path)
        ? [JSON.parse(readFileSync(join(path, "package.json"), "utf8")).name]
        : [];
    });
}

function hasInstallScript(folder: string): boolean {
  if (!existsSync(join(folder, "package.json"))) return false;
  const { scripts = {} } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  // npm and pnpm build a package with a binding.gyp even without a script.
  return (
    ["preinstall", "install", "postinstall"].some((name) => name in scripts) ||
    existsSync(join(folder, "binding.gyp"))
  );
}
