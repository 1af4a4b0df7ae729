import { durationText, estimateRun } from "./estimate.mjs";
import type { Row } from "./results.mjs";
import { rowLines, rowTableHead } from "./row-table.mjs";
import { runBenches } from "./run-benches.mjs";

const row = (name: string, value?: number): Row => ({
  name,
  unit: "requests/s",
  ours: { name: "ours", ...(value === undefined ? { skipped: "no Docker" } : { value }) },
  peers: [],
});
const createBench = (name: string, run: (signal: AbortSignal) => AsyncIterable<Row>) => ({
  name,
  duration: { start: 10, round: 10 },
  load: async () => ({ run: ({ signal }: { signal: AbortSignal }) => run(signal) }),
});

/** Runs benchmarks; `events` contains the lines and the rows in order. */
function start(benches: ReturnType<typeof createBench>[]) {
  const controller = new AbortController();
  const events: string[] = [];
  const ended = runBenches({
    benches,
    rounds: 5,
    signal: controller.signal,
    note: (line) => events.push(line),
    onRow: ({ bench, name }) => events.push(`${bench} has ${name}`),
  });
  return { controller, events, ended };
}

it("prints the estimated duration, and delivers each row when it is measured", async () => {
  const events: string[] = [];
  const run = start([
    createBench("sizes", async function* () {
      yield row("first", 1);
      events.push(...run.events);
      yield row("second", 1);
    }),
    createBench("images", async function* () {
      yield row("skipped");
    }),
  ]);
  await run.ended;
  const estimate = "sizes, images: about 2 min on two cores, longer when something is fetched or built first";
  expect(events).toEqual([estimate, "sizes has first"]);
  expect(run.events.slice(2)).toEqual([
    "sizes has second",
    "sizes took 5 s; about 5 s left",
    "images has skipped",
    "images took 5 s",
  ]);
});

it("ends the running benchmark after an abort, and starts no other", async () => {
  let cleaned = false;
  const run = start([
    createBench("overhead", async function* (signal) {
      try {
        yield row("first", 1);
        run.controller.abort("SIGINT");
        signal.throwIfAborted();
      } finally {
        cleaned = true;
      }
    }),
    createBench("traces", async function* () {
      yield row("never", 1);
    }),
  ]);
  await run.ended;
  expect([cleaned, run.events.slice(1)]).toEqual([true, ["overhead has first"]]);
});

it("fails with the error of a benchmark", async () => {
  const broken = createBench("traces", async function* () {
    yield row("first", 1);
    throw new Error("traces is broken");
  });
  await expect(start([broken]).ended).rejects.toThrow("traces is broken");
});

it("corrects the estimate by the durations of benchmarks that were not skipped", () => {
  const duration = { start: 10, round: 10 };
  const estimate = estimateRun(
    ["sizes", "images", "memory", "growth"].map((name) => ({ name, duration })),
    5,
  );
  expect(estimate.secondsLeft()).toBe(240);
  estimate.finished("sizes", 120);
  expect(estimate.secondsLeft()).toBe(360);
  estimate.finished("images");
  expect(estimate.secondsLeft()).toBe(240);
});

it.each([
  [0.2, "5 s"],
  [38, "40 s"],
  [94, "95 s"],
  [95, "2 min"],
  [1_230, "21 min"],
])("writes %d seconds as %s", (seconds, text) => {
  expect(durationText(seconds)).toBe(text);
});

it("prints a row as a line for each peer, below the columns of the head", () => {
  const peers = [
    { name: "a handler with a constant", value: 10_000, spread: 0.02 },
    { name: "web3.py, no server before it", skipped: "skipped: no Python" },
  ];
  const lines = rowLines({ ...row("overhead: sentiment", 8_000), peers }).split("\n");
  const cells = lines.map((line) => line.split("|").map((cell) => cell.trim()));
  expect(cells).toEqual([
    ["", "overhead: sentiment", "8,000 requests/s", peers[0]?.name, "10,000", "0.8 ×", "±2.0 %", ""],
    ["", "", "", peers[1]?.name, "", "skipped: no Python", "", ""],
  ]);
  expect(rowTableHead.split("\n")[0]?.length).toBe(lines[0]?.length);
});
