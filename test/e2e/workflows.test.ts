// needs: go
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { hasGo } from "../support/ethereum/geth-binaries.ts";
import { cached, cacheFolder } from "../support/process/cache.ts";
import { run, succeed } from "../support/process/command.ts";
import { root } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";

const actionlint = "v1.7.7";
const minute = 60_000;
const folder = join(root, ".github", "workflows");
const read = (...path: string[]) => readFileSync(join(root, ...path), "utf8");
const workflows = readdirSync(folder).map((name) => ({ name, text: read(".github", "workflows", name) }));
/** Returns the first group of each match. */
const matches = (text: string, pattern: RegExp) => [...text.matchAll(pattern)].map(([, group]) => group!);

requireService("Go, which builds actionlint", hasGo(), () => {
  let program: string;
  beforeAll(async () => {
    const bin = await cached(cacheFolder("actionlint", actionlint), async (draft) => {
      const module = `github.com/rhysd/actionlint/cmd/actionlint@${actionlint}`;
      await succeed("go", ["install", module], { env: { GOBIN: draft } });
    });
    program = join(bin, "actionlint");
  }, 5 * minute);

  it("actionlint accepts every workflow", async () => {
    const { code, stdout } = await run(program, ["-no-color"], { cwd: root });
    expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
  });

  it("actionlint finds an unknown key, which proves that it checks", async () => {
    const input = "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    stepz: []\n";
    const { code, stdout } = await run(program, ["-no-color", "-"], { cwd: root, input });
    expect(code).toBe(1);
    expect(stdout).toContain('"stepz"');
  });
});

describe.each(workflows)(".github/workflows/$name", ({ text }) => {
  it("runs scripts of package.json only", () => {
    const { scripts } = JSON.parse(read("package.json"));
    const names = matches(text, /\bnpm run (?:--silent )?([\w:-]+)/g);
    expect(names.filter((name) => !(name in scripts))).toEqual([]);
  });

  it("names end-to-end tests that exist", () => {
    const files = readdirSync(join(root, "test", "e2e")).map((name) => `/e2e/${name}`);
    const names = matches(text, /\s(\/e2e\/[\w.-]+)/g);
    expect(names.filter((name) => !files.some((file) => file.startsWith(name)))).toEqual([]);
  });

  it("names files and folders that exist", () => {
    const names = matches(
      text,
      /(?<![\w./-])((?:deploy|scripts|packages|test|notebooks|\.github)\/[\w./-]+)/g,
    );
    expect(names.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it("pins each action to a full version", () => {
    const actions = matches(text, /uses: (\S+)/g);
    expect(actions.length).toBeGreaterThan(0);
    expect(actions.filter((action) => !/^[\w-]+\/[\w-]+@v\d+\.\d+\.\d+$/.test(action))).toEqual([]);
  });
});

it("service containers run the images and tags of deploy/", () => {
  const kustomization = parse(read("deploy", "components", "images", "kustomization.yaml"));
  const deployed: string[] = kustomization.images.map(
    ({ newName, newTag }: Record<string, string>) => `${newName}:${newTag}`,
  );
  const used = workflows.flatMap(({ text }) => matches(text, /^\s+image: (\w\S+)$/gm));
  expect(used.length).toBeGreaterThan(0);
  expect(used.filter((image) => !deployed.includes(image))).toEqual([]);
});

it("the release builds each of our images that deploy/ runs", async () => {
  const images = JSON.parse(await succeed(process.execPath, [join(root, "scripts", "release-images.mjs")]));
  const kustomization = parse(read("deploy", "components", "images", "kustomization.yaml"));
  const ours = kustomization.images.filter(({ newName }: Record<string, string>) =>
    newName!.startsWith("serverless-data-platform/"),
  );
  expect(images.map(({ name }: { name: string }) => name)).toEqual(
    ours.map(({ name }: { name: string }) => name),
  );
  const sources: Record<string, string> = {
    service: "packages",
    folder: "deploy/images",
    function: "functions",
  };
  for (const { name, kind } of images) expect(existsSync(join(root, sources[kind]!, name))).toBe(true);
});
