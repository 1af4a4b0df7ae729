import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readResults, writeResults } from "./results.mjs";

const folder = mkdtempSync(join(tmpdir(), "results-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = join(folder, "bench.json");

const results = {
  machine: "Node 20, 2 × a processor",
  rounds: 1,
  rows: [
    {
      bench: "overhead",
      name: "overhead: sentiment",
      unit: "requests/s",
      ours: { name: "sentiment", value: 1, values: [1] },
      peers: [{ name: "web3.py", skipped: "no Python" }],
    },
  ],
};

it("writes and reads results, and leaves no temporary file", () => {
  writeResults(file, { ...results, rows: [] });
  writeResults(file, results);
  expect(readResults(file)).toEqual(results);
  expect(readdirSync(folder)).toEqual(["bench.json"]);
});

it.each([
  ["text that is no JSON", "not JSON"],
  ["JSON without rows", "{}"],
  ["null", "null"],
])("refuses %s", (_, text) => {
  writeFileSync(file, text);
  expect(() => readResults(file)).toThrow(`${file} is not a file of npm run bench -- --json`);
});

it("refuses rows without the values of rounds", () => {
  const rows = [{ name: "a row", ours: { name: "ours", value: 1, spread: 0 }, peers: [] }];
  writeFileSync(file, JSON.stringify({ ...results, rows }));
  expect(() => readResults(file)).toThrow("measure again with this version");
});
