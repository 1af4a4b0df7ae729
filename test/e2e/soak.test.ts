// needs: nothing
import { type SoakReport, soak, toldOf } from "../soak/soak.ts";

/** How long; `npm run soak -- --minutes N` makes it longer. */
const seconds = Number(process.env.SOAK_SECONDS || 30);
jest.setTimeout((seconds + 60) * 1_000);

/** What a heap may seem to grow by, in megabytes, because of what is in it at the moment. */
const noise = 3;

const say = (line: string) => process.stderr.write(`soak: ${line}\n`);

let report: SoakReport;

beforeAll(async () => {
  report = await soak(seconds, say);
  for (const [name, counts] of Object.entries(report.answers)) say(`${name}: ${toldOf(counts)}`);
  for (const [name, memory] of Object.entries(report.memory)) {
    const { heap, heapSlope, resident, residentSlope } = memory;
    const signed = (slope: number) => `${slope < 0 ? "" : "+"}${slope.toFixed(2)} MB/min`;
    say(
      `${name}: heap ${heap.toFixed(1)} MB (${signed(heapSlope)}), resident ${resident.toFixed(0)} MB (${signed(residentSlope)})`,
    );
  }
  say(`${report.faults} faults of peers, ${report.brokenConnections} connections broken by clients`);
});

it("answers every call rightly, or honestly while a peer fails", () => {
  expect(report.wrong).toEqual([]);
});

it("goes on answering: most calls are right, and some say that a peer failed", () => {
  for (const { right, refused, "peer failed": failed } of Object.values(report.answers)) {
    expect(refused).toBeGreaterThan(seconds);
    expect(right).toBeGreaterThan(failed);
  }
  expect(report.answers["last-block"]["peer failed"]).toBeGreaterThan(0);
  expect(report.answers["tweet-enrich"]["peer failed"]).toBeGreaterThan(0);
  expect(report.faults).toBeGreaterThanOrEqual(4);
  expect(report.brokenConnections).toBeGreaterThan(seconds);
});

it("ends no process but on SIGTERM, and by that cleanly", () => {
  expect(report.ended).toEqual([]);
  expect(report.exits).toEqual({ sentiment: 0, "last-block": 0, "tweet-enrich": 0 });
});

it("has no more memory in use at the end than in the middle", () => {
  for (const { heapGrowth, residentGrowth } of Object.values(report.memory)) {
    expect(heapGrowth).toBeLessThan(noise);
    // What V8 keeps of the system's memory goes up and down with what it needed lately.
    expect(residentGrowth).toBeLessThan(10 * noise);
  }
});
