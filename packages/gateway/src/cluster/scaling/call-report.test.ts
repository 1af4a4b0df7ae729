import { decodeReport, encodeReport, sumReports } from "./call-report.ts";

const busy = { inFlight: 3, perSecond: 12.5, lastAt: Date.now() };

describe("reports of calls", () => {
  it("survive a round trip, with the age of the last call", () => {
    jest.useFakeTimers();
    const idle = { inFlight: 0, perSecond: 0.1, lastAt: Date.now() - 4_000 };
    const report = encodeReport(new Map(Object.entries({ idle, "busy.other": busy })));
    jest.useRealTimers();
    expect(report).toBe('{"busy.other":[3,12.5,0],"idle":[0,0.1,4000]}');
    expect(decodeReport(report).get("idle")).toEqual({ inFlight: 0, perSecond: 0.1, idleMs: 4_000 });
  });

  it("contain functions with any name", () => {
    const names = ["prototype", "constructor"];
    const report = encodeReport(new Map(names.map((name) => [name, busy])));
    expect([...decodeReport(report).keys()]).toEqual(names);
  });

  it("of 1,000 functions with the longest names fit into an annotation", () => {
    const name = (index: number) => `${"n".repeat(59)}${index}.${"m".repeat(63)}`;
    const functions = Array.from({ length: 1_000 }, (_, index) => [name(index + 1_000), busy] as const);
    const report = encodeReport(new Map(functions));
    expect(Buffer.byteLength(report)).toBeLessThan(256 * 1_024);
    expect(decodeReport(report).size).toBe(1_000);
  });

  it("leave out the least busy functions when they would be too long", () => {
    const functions = Array.from({ length: 20_000 }, (_, index) => {
      const inFlight = index === 19_999 ? 9 : 1;
      return [`function-${index}`, { ...busy, inFlight }] as const;
    });
    const report = encodeReport(new Map(functions));
    expect(report.length).toBeLessThan(200_001);
    expect(decodeReport(report).get("function-19999")).toMatchObject({ inFlight: 9 });
  });

  it.each(["", '{"echo":[1]}', '{"echo":[1,2,"3"]}'])("are rejected when they are %j", (text) => {
    expect(() => decodeReport(text)).toThrow();
  });

  it("are summed, with the latest call of all gateways", () => {
    const sum = sumReports([
      new Map([["echo", { inFlight: 1, perSecond: 2.5, idleMs: 0 }]]),
      new Map([
        ["echo", { inFlight: 0, perSecond: 1, idleMs: 3_000 }],
        ["other", { inFlight: 0, perSecond: 0, idleMs: 9_000 }],
      ]),
    ]);
    expect(sum.get("echo")).toEqual({ inFlight: 1, perSecond: 3.5, idleMs: 0 });
    expect(sum.get("other")).toEqual({ inFlight: 0, perSecond: 0, idleMs: 9_000 });
  });
});
