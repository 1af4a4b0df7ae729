import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { run } from "../test/support/process/command.ts";
import { platformVersion, root } from "../test/support/repo.ts";

const checkout = mkdtempSync(join(tmpdir(), "build-"));
afterAll(() => rmSync(checkout, { recursive: true }));

function write(path: string, text: string): void {
  const file = join(checkout, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, text);
}

beforeAll(() => {
  cpSync(join(root, "scripts"), join(checkout, "scripts"), { recursive: true });
  for (const name of ["node_modules", "packages"]) symlinkSync(join(root, name), join(checkout, name));
  for (const name of ["package.json", "pnpm-workspace.yaml"]) cpSync(join(root, name), join(checkout, name));
  for (const name of ["good", "broken"]) write(`functions/${name}/package.json`, '{"version":"1.0.0"}');
  write("functions/good/src/handler.ts", "export = async () => undefined;");
  write("functions/leftover/dist/handler.js", "");
});

/** Builds in the copy. Imports build.mjs, because as a program it would first install its dependencies. */
const build = (...names: string[]) => buildWithCommit(undefined, ...names);
const buildWithCommit = (commit: string | undefined, ...names: string[]) => {
  const script = `
    const { build } = await import(${JSON.stringify(join(checkout, "scripts", "build.mjs"))});
    await build(${JSON.stringify(names)}).catch(({ message }) => { console.error(message); process.exit(1); });
  `;
  return run(process.execPath, ["--input-type=module", "-e", script], {
    cwd: checkout,
    env: { SOURCE_COMMIT: commit },
  });
};
const dist = (path: string) => join(checkout, "functions", path);

it("builds the other functions when one fails, stores its error in its dist, and exits with 1", async () => {
  write("functions/broken/src/handler.ts", 'import "nothing-there";\nexport = async () => undefined;');
  const { code, stderr } = await build("broken", "good");
  expect(code).toBe(1);
  expect(stderr).toContain('Could not resolve "nothing-there"');
  expect(stderr).toContain("functions/broken/src/handler.ts:1:7");
  expect(stderr).toMatch(/Functions that do not build: broken\./);
  expect(stderr).not.toMatch(/^ +at /m);
  expect(existsSync(dist("good/dist/handler.js"))).toBe(true);
  expect(readFileSync(dist("broken/dist/build-error.txt"), "utf8")).toContain("nothing-there");
});

it("removes the error once the function builds", async () => {
  write("functions/broken/src/handler.ts", "export = async () => undefined;");
  expect(await build("broken")).toMatchObject({ code: 0, stderr: "" });
  expect(existsSync(dist("broken/dist/build-error.txt"))).toBe(false);
});

it("skips a folder without a package.json", async () => {
  const { code, stderr } = await build("leftover");
  expect(code).toBe(1);
  expect(stderr).toMatch(/leftover; available: .*broken, good/);
});

describe("the version and the commit in a bundle", () => {
  const loadBundle = async (commit?: string) => {
    expect(await buildWithCommit(commit, "good")).toMatchObject({ code: 0 });
    return readFileSync(dist("good/dist/handler.js"), "utf8");
  };
  beforeAll(() =>
    write(
      "functions/good/src/handler.ts",
      `import { buildInfo } from "../../../packages/shared/src/build-info.ts";\nexport = buildInfo;`,
    ),
  );

  it("come from package.json and SOURCE_COMMIT (twelve digits)", async () => {
    const bundle = await loadBundle("0123456789abcdef0123");
    expect(bundle).toContain(`version:"${platformVersion}",commit:"0123456789ab"`);
  });

  it("are unknown outside a checkout", async () => {
    expect(await loadBundle()).toContain('commit:"unknown"');
  });

  it("are reproducible for the same sources and commit", async () => {
    const bundle = await loadBundle("a1");
    await loadBundle("b2");
    expect(await loadBundle("a1")).toBe(bundle);
  });
});
