import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../test/support/process/command.ts";
import { readResults } from "./results.mjs";

const folder = mkdtempSync(join(tmpdir(), "bench-"));
afterAll(() => rmSync(folder, { recursive: true }));
const main = join(__dirname, "main.mjs");
const bench = (...args: string[]) => run(process.execPath, [main, ...args]);

const figure = (name: string, value: number) => ({ name, value, values: [value, value] });
/** An earlier run with a smaller bundle, so the current bundle has grown. */
const earlier = {
  machine: "another machine",
  rounds: 2,
  rows: [
    {
      bench: "sizes",
      name: "bundle size of sentiment",
      unit: "kB",
      less: true,
      ours: figure("sentiment", 1),
      peers: [figure("what an installation would bring", 1_000_000)],
    },
  ],
};

it("prints the rows, writes them to a file, and exits with 1 when one fell", async () => {
  const [old, now] = [join(folder, "old.json"), join(folder, "now.json")];
  writeFileSync(old, JSON.stringify(earlier));
  const { code, stdout, stderr } = await bench("--only", "sizes", "--json", now, "--compare", old);
  expect([code, stderr]).toEqual([1, expect.stringMatching(/^sizes: about \d+ s on two cores/)]);
  expect(stderr).toMatch(/\n1 row fell by more than the spread of both runs: bundle size of sentiment\n$/);
  expect(stdout).toMatch(/^\| name .*\n\|--.*\n\| bundle size of /);
  const names = readResults(now).rows.map(({ name }) => name);
  expect(names).toContain("bundle size of sentiment");
  expect(stdout).toContain(
    `Only in this run:\n- ${names.filter((name) => name !== earlier.rows[0]?.name)[0]}`,
  );
}, 60_000);

it("ends with one sentence and 130 after Ctrl-C", async () => {
  const child = spawn(process.execPath, [main, "--only", "sizes"], { stdio: ["ignore", "pipe", "pipe"] });
  let stderr = "";
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  await once(child.stdout, "data");
  child.kill("SIGINT");
  const [code] = await once(child, "close");
  expect([code, stderr.match(/^Ended by .*$/gm)]).toEqual([130, ["Ended by SIGINT: 0 rows are measured."]]);
}, 60_000);

it.each([
  ["a benchmark that does not exist", ["--only", "size"], "unknown benchmark size; available: sentiment,"],
  ["an invalid number of rounds", ["--rounds", "few"], '--rounds must be a whole number above 0, not "few"'],
  ["a file that does not exist", ["--compare", "missing.json"], "--compare: ENOENT"],
  ["a folder that does not exist", ["--json", "/missing/bench.json"], "--json: ENOENT"],
  ["one file for both", ["--json", "a.json", "--compare", "./a.json"], "--json would replace ./a.json"],
])("refuses %s before measuring", async (_, args, sentence) => {
  const { code, stderr, stdout } = await bench(...args);
  expect([code, stderr, stdout]).toEqual([2, expect.stringContaining(`npm run bench: ${sentence}`), ""]);
});
