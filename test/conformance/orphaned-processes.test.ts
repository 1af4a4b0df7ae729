import { join } from "node:path";
import config from "../../jest.config.mjs";
import { run } from "../support/process/command.ts";
import { isAlive } from "../support/process/processes.ts";
import { root } from "../support/repo.ts";

it("ends the programs that a failed test file has left running, so that Jest exits", async () => {
  const project = config.projects.find(({ displayName }) => displayName === "conformance");
  const testMatch = ["<rootDir>/test/conformance/fixtures/orphaned-process.ts"];
  const options = ["--config", JSON.stringify({ ...project, rootDir: root, testMatch })];
  const jest = join(root, "node_modules", "jest", "bin", "jest.js");
  const { code, stderr } = await run(process.execPath, [jest, ...options], { cwd: root, timeout: 50_000 });
  expect(code).toBe(1);
  const [, pid] = /the program is (\d+)/.exec(stderr)!;
  expect(isAlive(Number(pid))).toBe(false);
}, 60_000);
