// needs: nothing
import { formatCounts, type SoakReport, soak } from "../soak/soak.ts";

/** The duration; `npm run soak -- --minutes N` makes it longer. */
const seconds = Number(process.env.SOAK_SECONDS || 30);
jest.setTimeout((seconds + 60) * 1_000);

/** The apparent growth of a heap that its momentary contents may cause, in megabytes. */
const toleranceMb = 3;

const say = (line: string) => process.stderr.write(`soak: ${line}\n`);

let report: SoakReport;

beforeAll(async () => {
  report = await soak(seconds, say);
  for (const [name, counts] of Object.entries(report.answers)) say(`${name}: ${formatCounts(counts)}`);
  for (const [name, memory] of Object.entries(report.memory)) {
    const { heap, heapSlope, resident, residentSlope } = memory;
    const signed = (slope: number) => `${slope < 0 ? "" : "+"}${slope.toFixed(2)} MB/min`;
    say(
      `${name}: heap ${heap.toFixed(1)} MB (${signed(heapSlope)}), resident ${resident.toFixed(0)} MB (${signed(residentSlope)})`,
    );
  }
  say(`${report.faults} faults of peers, ${report.brokenConnections} connections broken by clients`);
});

it("answers every call correctly, or with an error of a failing peer", () => {
  expect(report.wrong).toEqual([]);
});

it("continues to answer: most calls succeed, and some report a failing peer", () => {
  for (const { right, refused, "peer failed": failed } of Object.values(report.answers)) {
    expect(refused).toBeGreaterThan(seconds);
    expect(right).toBeGreaterThan(failed);
  }
  expect(report.answers["last-block"]["peer failed"]).toBeGreaterThan(0);
  expect(report.answers["tweet-enrich"]["peer failed"]).toBeGreaterThan(0);
  expect(report.faults).toBeGreaterThanOrEqual(4);
  expect(report.brokenConnections).toBeGreaterThan(seconds);
});

it("exits only on SIGTERM, and cleanly", () => {
  expect(report.ended).toEqual([]);
  expect(report.exits).toEqual({ sentiment: 0, "last-block": 0, "tweet-enrich": 0 });
});

it("uses no more memory at the end than in the middle", () => {
  for (const { heapGrowth, residentGrowth } of Object.values(report.memory)) {
    expect(heapGrowth).toBeLessThan(toleranceMb);
    // V8's reserved memory fluctuates with its recent needs.
    expect(residentGrowth).toBeLessThan(10 * toleranceMb);
  }
});
