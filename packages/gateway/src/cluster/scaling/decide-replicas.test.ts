import { readScaleLabels } from "../../http/scale-labels.ts";
import { decideReplicas, type ScaleFacts } from "./decide-replicas.ts";

const prefix = "com.openfaas.scale.";
const readScaling = (labels: Readonly<Record<string, string>>) =>
  readScaleLabels(Object.fromEntries(Object.entries(labels).map(([name, value]) => [prefix + name, value])));

const capacity = { type: "capacity", target: "10", max: "8" };
const rps = { type: "rps", target: "10", max: "8" };

/** Decides about a function with one replica, no call in flight, and its last call a second ago. */
function decide(labels: Readonly<Record<string, string>>, facts: Partial<ScaleFacts> = {}) {
  return decideReplicas({
    scaling: readScaling(labels),
    replicas: 1,
    load: { inFlight: 0, perSecond: 0 },
    recentlyNeeded: undefined,
    idleMs: 1_000,
    ...facts,
  });
}

describe("scaling by calls", () => {
  it.each([
    [10, undefined],
    [11, 2],
    [79, 8],
    [10_000, 8],
  ])("scales for %d calls in flight, with a target of ten, to %s replicas", (inFlight, to) => {
    const decision = decide(capacity, { load: { inFlight, perSecond: 0 } });
    expect(decision).toEqual(to === undefined ? undefined : { to, reason: "load" });
  });

  it("counts calls per second for rps, calls in flight for capacity", () => {
    const load = { inFlight: 25, perSecond: 45 };
    expect(decide(rps, { load })?.to).toBe(5);
    expect(decide(capacity, { load })?.to).toBe(3);
  });

  it.each([
    ["100", 8],
    ["50", 5],
    ["25", 3],
    ["1", 2],
  ])("scales up by at most factor=%s percent of the maximum, and by one replica at least", (factor, to) => {
    expect(decide({ ...capacity, factor }, { load: { inFlight: 80, perSecond: 0 } })?.to).toBe(to);
  });

  it("ignores the load with factor=0, and with an autoscaler for processor time", () => {
    const busy = { load: { inFlight: 80, perSecond: 80 } };
    expect(decide({ ...capacity, factor: "0" }, busy)).toBeUndefined();
    expect(decide({ max: "8" }, busy)).toBeUndefined();
    expect(decide({ max: "8" }, { replicas: 8, recentlyNeeded: 1 })).toBeUndefined();
  });

  it("scales down to the maximum needed within the window, and only after a complete window", () => {
    expect(decide(capacity, { replicas: 6, recentlyNeeded: undefined })).toBeUndefined();
    expect(decide(capacity, { replicas: 6, recentlyNeeded: 6 })).toBeUndefined();
    expect(decide(capacity, { replicas: 6, recentlyNeeded: 4 })).toEqual({ to: 4, reason: "load" });
  });

  it("stays within min and max", () => {
    const busy = { load: { inFlight: 1_000, perSecond: 0 } };
    expect(decide({ ...capacity, max: "1" }, busy)).toBeUndefined();
    expect(decide({ ...capacity, min: "3" })).toEqual({ to: 3, reason: "load" });
    expect(decide({ ...capacity, min: "0" }, { replicas: 1, recentlyNeeded: 1 })).toBeUndefined();
  });
});

describe("scaling to zero", () => {
  const sleeper = { zero: "true", "zero-duration": "5m" };
  const idle = { idleMs: 5 * 60_000 };

  it("happens when zero-duration has passed without a call", () => {
    expect(decide(sleeper, idle)).toEqual({ to: 0, reason: "idle" });
    expect(decide(sleeper, { idleMs: idle.idleMs - 1 })).toBeUndefined();
  });

  it.each([
    ["cpu", {}],
    ["rps", rps],
    ["capacity", capacity],
    ["capacity without steps", { ...capacity, factor: "0" }],
  ])("happens for type %s, from any number of replicas", (_type, labels) => {
    expect(decide({ ...labels, ...sleeper }, { ...idle, replicas: 3 })?.to).toBe(0);
  });

  it("does not happen while a call is in flight at any gateway", () => {
    expect(decide(sleeper, { ...idle, load: { inFlight: 1, perSecond: 0 } })).toBeUndefined();
  });

  it("applies only to functions with min=0 or zero=true", () => {
    expect(decide({ min: "0", "zero-duration": "5m" }, idle)?.to).toBe(0);
    expect(decide({ "zero-duration": "5m" }, idle)).toBeUndefined();
    expect(decide({ min: "0", zero: "false", "zero-duration": "5m" }, idle)).toBeUndefined();
  });

  it("is not undone by load, because the waiting call wakes the function", () => {
    const load = { inFlight: 100, perSecond: 100 };
    expect(decide({ ...capacity, ...sleeper }, { replicas: 0, load, idleMs: 0 })).toBeUndefined();
  });
});
