import { execFile, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { buffer } from "node:stream/consumers";
import { promisify } from "node:util";
import { invoke } from "../packages/shared/src/testing/invoke.ts";
import { toOutputPattern } from "../test/support/docs/output-pattern.ts";
import { readCommands } from "../test/support/docs/read-commands.ts";
import { readSourceBlocks } from "../test/support/docs/source-blocks.ts";
import { root } from "../test/support/repo.ts";

const page = "docs/how-to/write-a-batch-function.md";
const functionUrl = "http://127.0.0.1:8080/function/word-count";

// The limit with which the page starts the function. The handler reads it at its first call.
process.env.MAX_BATCH_ITEMS = "3";

/** The function of the page, with the dependencies of another function. */
const folder = mkdtempSync(join(tmpdir(), "batch-function-"));
const files = readSourceBlocks(page);
for (const [path, text] of Object.entries(files)) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}
symlinkSync(join(root, "functions", "sentiment", "node_modules"), join(folder, "node_modules"));

afterAll(() => {
  delete process.env.MAX_BATCH_ITEMS;
  rmSync(folder, { recursive: true, force: true });
});

it("finds the files of the function", () => {
  expect(Object.keys(files)).toEqual([
    "src/config.ts",
    "src/errors.ts",
    "src/parse-texts.ts",
    "src/count-words.ts",
    "src/handler.ts",
    "src/handler.test.ts",
  ]);
});

it("compiles the function", () => {
  const ambientTypes = join(root, "packages", "shared", "src", "metrics", "prom-client-internals.d.ts");
  const config = {
    extends: join(root, "tsconfig.base.json"),
    compilerOptions: { types: ["node", "jest"], typeRoots: [join(root, "node_modules", "@types")] },
    include: ["src", ambientTypes],
  };
  writeFileSync(join(folder, "package.json"), '{"type":"commonjs"}');
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(config));
  const tsc = join(root, "node_modules", ".bin", "tsc");
  expect(spawnSync(tsc, ["-p", folder], { encoding: "utf8" })).toMatchObject({ status: 0, stdout: "" });
});

describe("the tests of the function", () => {
  require(join(folder, "src", "handler.test.ts"));
});

describe("the calls of the page", () => {
  const calls = readCommands([page]).filter(({ command }) => command.includes(functionUrl));
  const handler = require(join(folder, "src", "handler.ts"));
  const server = createServer(async (request, response) => {
    const headers = request.headers as Record<string, string>;
    const answered = await invoke(handler, { method: "POST", headers, body: await buffer(request) });
    response.writeHead(answered.statusCode, answered.headers).end(answered.body);
  });
  beforeAll((done) => void server.listen(0, "127.0.0.1", done));
  afterAll((done) => void server.close(done));

  it.each(calls)("$command", async ({ command, output }) => {
    const { port } = server.address() as AddressInfo;
    const line = command.replace(functionUrl, `http://127.0.0.1:${port}`).replace("curl", "curl -sS");
    const { stdout } = await promisify(execFile)("sh", ["-c", line]);
    expect(stdout.replaceAll("\n", "")).toMatch(toOutputPattern(output));
  });
});
