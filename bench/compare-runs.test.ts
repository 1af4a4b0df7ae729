import { compareReport, describeFallenRows } from "./compare-report.mjs";
import { compareRuns } from "./compare-runs.mjs";
import type { Results, Row } from "./results.mjs";
import { summarise } from "./summarise.mjs";

const figure = (name: string, ...values: number[]) => ({ name, ...summarise(values) });
const row = (name: string, ours: number[], peers: Record<string, number[]> = {}, more: object = {}) => ({
  bench: "overhead",
  name,
  unit: "requests/s",
  ours: figure("ours", ...ours),
  peers: Object.entries(peers).map(([peer, values]) => figure(peer, ...values)),
  ...more,
});
const results = (rows: (Row & { bench: string })[], machine = "one machine"): Results => ({
  machine,
  rounds: 3,
  rows,
});
const compareRow = (earlier: ReturnType<typeof row>, now: ReturnType<typeof row>, machine?: string) =>
  compareRuns(results([earlier]), results([now], machine)).changes[0];

describe("the figure of a row", () => {
  it("is the median ratio to the first peer over the rounds, independent of the machine's speed", () => {
    const earlier = row("a row", [80, 84, 76], { constant: [100, 105, 95] });
    const now = row("a row", [40, 42, 38], { constant: [50, 52.5, 47.5] });
    expect(compareRow(earlier, now, "another machine")).toEqual({
      name: "a row",
      unit: "requests/s",
      peer: "constant",
      earlier: expect.objectContaining({ value: 0.8, spread: 0 }),
      now: expect.objectContaining({ value: 0.8, spread: 0 }),
      ratio: 1,
      fell: false,
    });
  });

  it("is inverted when less is better", () => {
    const less = { less: true };
    const earlier = row("a row", [10, 10], { constant: [5, 5] }, less);
    const now = row("a row", [20, 20], { constant: [5, 5] }, less);
    expect(compareRow(earlier, now)).toMatchObject({ earlier: { value: 0.5 }, ratio: 0.5, fell: true });
  });

  it("skips variants of ours, and peers that one run has not measured", () => {
    const variant = { ...figure("LOG_LEVEL=warn", 90, 90), variant: true };
    const skipped = { name: "TextBlob", skipped: "no Python" };
    const constant = figure("constant", 100, 100);
    const earlier = row("a row", [80, 80], {}, { peers: [variant, figure("TextBlob", 1, 1), constant] });
    const now = row("a row", [80, 80], {}, { peers: [variant, skipped, constant] });
    expect(compareRow(earlier, now)?.peer).toBe("constant");
  });

  it("is our own value without a peer, and counts only on the same machine", () => {
    const less = { less: true, unit: "s" };
    const [earlier, now] = [row("a row", [2, 2], {}, less), row("a row", [4, 4], {}, less)];
    expect(compareRow(earlier, now)).toMatchObject({ now: { value: 4 }, ratio: 0.5, fell: true });
    expect(compareRow(earlier, now, "another machine")).toMatchObject({
      fell: false,
      unjudged: "other machine",
    });
  });
});

describe("a fall", () => {
  it.each([
    ["more than both spreads", [100, 102, 98], [95, 97, 93], true],
    ["less than both spreads", [100, 102, 98], [97, 99, 95], false],
    ["more than the spread of one run, less than that of both", [100, 100, 100], [97, 101, 93], false],
    ["less than 1 % without any spread", [1_000, 1_000], [991, 991], false],
    ["more than 1 % without any spread", [1_000, 1_000], [989, 989], true],
    ["a rise", [100, 100], [200, 200], false],
  ])("of %s", (_, earlier, now, fell) => {
    expect(compareRow(row("a row", earlier), row("a row", now))?.fell).toBe(fell);
  });

  it.each([
    ["of one round is not judged", [100], [50], "one round"],
    ["to a figure without a ratio is not judged", [0, 0], [0, 0], "no ratio"],
  ])("%s", (_, earlier, now, unjudged) => {
    expect(compareRow(row("a row", earlier), row("a row", now))).toMatchObject({ fell: false, unjudged });
  });
});

it("lists rows of only one run, and benchmarks that did not run", () => {
  const skipped = row("images", [], {}, { bench: "images", ours: { name: "images", skipped: "no Docker" } });
  const earlier = [row("both", [1]), row("gone", [1]), row("image size", [1], {}, { bench: "images" })];
  const comparison = compareRuns(results(earlier), results([row("both", [1]), row("new", [1]), skipped]));
  const { changes, onlyEarlier, onlyNow, benchesNotRun } = comparison;
  const names = [changes, onlyEarlier, onlyNow].map((rows) => rows.map(({ name }) => name));
  expect([...names, benchesNotRun]).toEqual([["both"], ["gone"], ["new"], ["images"]]);
  expect(compareReport("earlier.json", comparison)).toContain(
    "\n\nOnly in earlier.json:\n- gone\n\nOnly in this run:\n- new\n\nOnly in earlier.json, all rows of: images",
  );
});

it("prints both figures, their ratio and both spreads of each row, and the rows that fell", () => {
  const earlier = results([
    row("sentiment", [80, 82, 78], { constant: [100, 100, 100] }),
    row("memory", [8, 8], {}, { unit: "MB", less: true }),
    row("one", [1]),
  ]);
  const now = results([
    row("sentiment", [60, 60.6, 59.4], { constant: [100, 100, 100] }),
    row("memory", [8, 8], {}, { unit: "MB", less: true }),
    row("one", [1]),
  ]);
  const comparison = compareRuns(earlier, now);
  expect(compareReport("earlier.json", comparison).split("\n")).toEqual([
    "| name      | ratio to  |      earlier |          now | now/earlier | spread (earlier, now) |                       |",
    "|-----------|-----------|--------------|--------------|-------------|-----------------------|-----------------------|",
    "| sentiment | constant  |        0.8 × |        0.6 × |       0.750 | ±2.5 % ±1.0 %         | fell                  |",
    "| memory    | (no peer) |         8 MB |         8 MB |       1.000 | ±0.0 % ±0.0 %         |                       |",
    "| one       | (no peer) | 1 requests/s | 1 requests/s |       1.000 |                       | not judged: one round |",
  ]);
  expect(describeFallenRows(comparison.fallen)).toBe(
    "1 row fell by more than the spread of both runs: sentiment",
  );
});
