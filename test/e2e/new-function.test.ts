// needs: openfaas
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readSourceBlocks } from "../support/docs/source-blocks.ts";
import { startGateway } from "../support/gateway/gateway.ts";
import { httpCall } from "../support/http/http-call.ts";
import { hasDocker } from "../support/kubernetes/docker.ts";
import { hasFaasCli } from "../support/openfaas/faas-cli.ts";
import { hasTemplates, useTemplates } from "../support/openfaas/templates.ts";
import { run, succeed } from "../support/process/command.ts";
import { root } from "../support/repo.ts";
import { requireService } from "../support/require-service.ts";
import { waitFor } from "../support/wait-for.ts";

const minute = 60_000;
jest.setTimeout(5 * minute);

let folder: string;
let clone: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "new-function-"));
  clone = join(folder, "clone");
  await succeed("git", ["clone", "--quiet", root, clone]);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** CI's environment freezes the lockfile; a user's shell does not. */
const env = { ...process.env, CI: "" };
const inClone = (...args: string[]) => succeed("npm", args, { cwd: clone, env });
const create = (...args: string[]) => run("npm", ["run", "new", "--", ...args], { cwd: clone, env });
const startInClone = () =>
  startGateway({
    command: [process.execPath, join(clone, "packages", "gateway", "dist", "main.cjs")],
    cwd: clone,
  });
const gitStatus = async () => (await succeed("git", ["status", "--porcelain"], { cwd: clone })).trim();

it("leaves no files behind when a step fails", async () => {
  const manifests = join(clone, "scripts", "manifests.mjs");
  const text = readFileSync(manifests, "utf8");
  writeFileSync(manifests, "process.exit(1);\n");
  const failed = await create("word-count");
  writeFileSync(manifests, text);
  expect(failed.code).toBe(1);
  expect(failed.stderr).toContain("Rendering the manifests failed.");
  expect(await gitStatus()).toBe("");
});

it("creates functions in a clean clone within a minute, for POST with a topic and for GET", async () => {
  const start = Date.now();
  await inClone("run", "new", "--", "word-count", "--topic", "words");
  expect(Date.now() - start).toBeLessThan(minute);
  console.log(`npm run new took ${((Date.now() - start) / 1000).toFixed(1)} s`);

  const refused = await create("hello", "--method", "GET");
  expect([refused.code, refused.stderr]).toEqual([
    1,
    expect.stringMatching(/stack\.yml has uncommitted changes; commit them first, or pass --allow-dirty/),
  ]);
  expect(existsSync(join(clone, "functions", "hello"))).toBe(false);
  await inClone("run", "new", "--", "hello", "--method", "GET", "--allow-dirty");
});

it("creates code that passes the checks, its own tests, the contract and the tests of all functions", async () => {
  await inClone("test", "--", "check");
  const ofAll = ["gateway/src", "scripts/(build|docs-links|new|version)"];
  await inClone("test", "--", "unit", "functions/word-count", "functions/hello", ...ofAll);
  await inClone("test", "--", "gateway", "/examples", "/console", "/gateway.test");
  await inClone(
    "test",
    "--",
    "conformance",
    "-t",
    "the bundle of (word-count|hello)|leave (word-count|hello)",
  );
});

it("creates functions that answer under npm start", async () => {
  await using gateway = await startInClone();
  const posted = await httpCall(`${gateway.url}/function/word-count`, { body: "Ada" });
  expect([posted.status, posted.body]).toEqual([200, '{"message":"Hello, Ada!"}\n']);
  const got = await httpCall(`${gateway.url}/function/hello?name=Ada`);
  expect([got.status, got.body]).toEqual([200, '{"message":"Hello, Ada!"}\n']);
});

const { OPENFAAS_URL: url } = process.env;
const isAvailable = hasDocker() && hasFaasCli() && url !== undefined && hasTemplates();
requireService("an OpenFaaS (OPENFAAS_URL, OPENFAAS_TEMPLATE) and Docker", isAvailable, () => {
  it("creates functions that npm run images builds and npm run up deploys", async () => {
    using _templates = useTemplates(clone);
    const { OPENFAAS_USER: user, OPENFAAS_PASSWORD: password } = process.env;
    if (user !== undefined) {
      await run("faas-cli", ["login", "--username", user, "--password-stdin"], { input: password ?? "" });
    }
    const images = await inClone("run", "--silent", "images", "--", "word-count");
    expect(images).toMatch(/^serverless-data-platform\/word-count:\S+$/m);
    try {
      await inClone("run", "up", "--", "--filter", "word-count", "--skip-push");
      const answer = await waitFor(
        "word-count",
        async () => {
          const { status, body } = await httpCall(`${url}/function/word-count`, { body: "Ada" });
          return status === 200 && body;
        },
        minute,
      );
      expect(answer).toBe('{"message":"Hello, Ada!"}\n');
    } finally {
      await run("faas-cli", ["remove", "word-count"], { cwd: clone });
    }
  });
});

it("becomes the function of the tutorial by its steps", async () => {
  const tutorial = readFileSync(join(root, "docs", "tutorial", "first-function.md"), "utf8");
  const blocks = [...tutorial.matchAll(/^```ts\n([\s\S]*?)^```/gm)].map(([, block]) => block!);
  expect(blocks).toHaveLength(5);
  const [work, errors, config, wiring, tests] = blocks;
  const [importLine, runLine] = wiring!.trimEnd().split("\n// …\n");
  const source = join(clone, "functions", "word-count", "src");
  const handler = readFileSync(join(source, "handler.ts"), "utf8")
    .replace(/^import \{ greet \}.*$/m, importLine!)
    .replace(/^ {2}run: .*$/m, runLine!);
  rmSync(join(source, "greet.ts"));
  const files = {
    "count-words.ts": work,
    "errors.ts": errors,
    "config.ts": config,
    "handler.ts": handler,
    "handler.test.ts": tests,
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(source, name), text!);
  await inClone("test", "--", "unit", "functions/word-count");
  await succeed("npx", ["tsc", "-p", "tsconfig.json"], { cwd: clone, env });

  await using gateway = await startInClone();
  const { status, body } = await httpCall(`${gateway.url}/function/word-count`, { body: "People are kind" });
  expect([status, body]).toEqual([200, '{"words":3}\n']);
});

it("becomes a batch function by the steps of the guide", async () => {
  const functionFolder = join(clone, "functions", "word-count");
  rmSync(join(functionFolder, "src", "greet.ts"), { force: true });
  const files = readSourceBlocks("docs/how-to/write-a-batch-function.md");
  for (const [path, text] of Object.entries(files)) writeFileSync(join(functionFolder, path), text);
  await inClone("test", "--", "unit", "functions/word-count");
  await succeed("npx", ["tsc", "-p", "tsconfig.json"], { cwd: clone, env });

  await using gateway = await startInClone();
  const { status, body } = await httpCall(`${gateway.url}/function/word-count`, {
    body: '["People are kind",""]',
  });
  expect([status, body]).toEqual([200, '[{"words":3},{"index":1,"skipped":"empty_text"}]\n']);
});

const canDropRoot = process.getuid?.() === 0 && spawnSync("setpriv", ["--version"]).status === 0;
requireService("setpriv and root, to be another user", canDropRoot, () => {
  it("refuses a read-only checkout with a one-line error", async () => {
    chmodSync(folder, 0o755);
    const args = [
      "--reuid=65534",
      "--regid=65534",
      "--clear-groups",
      process.execPath,
      "scripts/new.mjs",
      "other",
    ];
    const refused = await run("setpriv", args, { cwd: clone });
    expect([refused.code, refused.stderr.trim().split("\n").length]).toEqual([1, 1]);
    expect(refused.stderr).toMatch(/cannot be written; the checkout is read-only or belongs to another user/);
  });
});
