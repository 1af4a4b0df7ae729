import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../test/support/process/command.ts";

const folder = mkdtempSync(join(tmpdir(), "capacity-"));
afterAll(() => rmSync(folder, { recursive: true }));

const row = (name: string, value: number, peers: Readonly<Record<string, number>> = {}) => ({
  name,
  ours: { name: "ours", value },
  peers: Object.entries(peers).map(([peer, its]) => ({ name: peer, value: its })),
});
const bulk = "a bare bulk client, 2,000 documents a request";
const both = "the same, into a second topic as well";
const part = (name: string, seconds: number) =>
  row(`enrich, processor time of the ${name} for 100,000 from topic to index`, 0, { [both]: seconds });
const rows = [
  row("overhead: sentiment, processor time at 8 connections", 100),
  row("overhead: sentiment, processor time in batches of 1,000", 10),
  row("enrich from topic to index", 0, { [bulk]: 20_000, [both]: 9_000 }),
  part("connector", 1),
  part("gateway", 0.5),
  part("function", 4),
];

function capacity(measuredRows: object[], ...args: string[]) {
  const file = join(folder, "bench.json");
  writeFileSync(file, JSON.stringify({ machine: "Node 20, 2 × a processor", rows: measuredRows }));
  return run(process.execPath, [join(__dirname, "capacity.mjs"), "--bench", file, ...args]);
}

const toCells = (output: string) => output.split("\n").map((line) => line.trim().split(/ {2,}/));

it("shows for each part the capacity of one, the number needed at 60 %, and the load as deployed", async () => {
  const { code, stdout } = await capacity(rows, "--tweets-per-second", "10000");
  expect(code).toBe(0);
  expect(toCells(stdout)).toEqual([
    ["One core of: Node 20, 2 × a processor"],
    [""],
    ["10,000 tweets/s", "capacity of one", "needed", "deployed", "load as deployed"],
    ["tweet-enrich", "25,000", "1", "1", "40 %"],
    ["kafka-connector", "100,000", "1", "1", "10 %"],
    ["gateway", "200,000", "1", "1", "5 %"],
    ["Kafka partitions", "3,000", "6", "3", "111 %"],
    ["Elasticsearch shards", "10,000", "2", "1", "100 %"],
    ["the same, by documents a month", "802", "21", "1", "1,250 %"],
    ["sentiment, batches of 1,000", "100,000", "1", "1", "10 %"],
    ["sentiment, a call a tweet", "10,000", "2", "1", "100 %"],
    ["First bottleneck: Kafka partitions, with a load of 111 % as deployed."],
    [""],
    [""],
  ]);
});

it("plans for 1,000, 10,000 and 100,000 by default, each with its first bottleneck", async () => {
  const { stdout } = await capacity(rows);
  expect(stdout.match(/^[\d,]+ tweets\/s/gm)).toEqual([
    "1,000 tweets/s",
    "10,000 tweets/s",
    "100,000 tweets/s",
  ]);
  expect(stdout).toContain("First bottleneck: Kafka partitions, with a load of 11.1 % as deployed.");
});

it("names the benchmark when the file lacks its figures", async () => {
  const { code, stderr } = await capacity(rows.slice(0, 2));
  expect(code).toBe(1);
  expect(stderr).toContain("npm run bench -- --only enrich --json FILE");
});

it("reports an invalid option", async () => {
  const { code, stderr } = await capacity(rows, "--tweets-per-second", "many");
  expect(code).toBe(2);
  expect(stderr).toMatch(/^npm run capacity: --tweets-per-second must be a whole number above 0, not "many"/);
});
