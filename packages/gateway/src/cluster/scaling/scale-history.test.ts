import { ScaleHistory } from "./scale-history.ts";

const window = 60_000;

/** Creates a history that starts at time 0. */
function createHistory(replicas: number): ScaleHistory {
  const history = new ScaleHistory(0);
  history.noteDeployed({ definition: "v1", replicas }, 0);
  return history;
}

/** Records the same need every two seconds, as the scaler does. */
function recordNeeds(history: ScaleHistory, needed: number, [from, to]: readonly [number, number]): void {
  for (let now = from; now <= to; now += 2_000) {
    history.noteLoad({ lastCallAt: Number.NEGATIVE_INFINITY, needed }, now);
  }
}

describe("maxNeeded", () => {
  it("is undefined before the window is complete", () => {
    const history = createHistory(3);
    recordNeeds(history, 1, [0, 58_000]);
    expect(history.maxNeeded(window, 58_000)).toBeUndefined();
    recordNeeds(history, 1, [60_000, 60_000]);
    expect(history.maxNeeded(window, 60_000)).toBe(1);
  });

  it("remembers a peak until it leaves the window", () => {
    const history = createHistory(5);
    recordNeeds(history, 5, [0, 10_000]);
    recordNeeds(history, 2, [12_000, 70_000]);
    expect(history.maxNeeded(window, 70_000)).toBe(5);
    expect(history.maxNeeded(window, 71_000)).toBe(2);
  });

  it("restarts when another client changes the replicas or the function", () => {
    const history = createHistory(1);
    recordNeeds(history, 1, [0, 60_000]);
    history.noteDeployed({ definition: "v1", replicas: 5 }, 60_000);
    expect(history.maxNeeded(window, 60_000)).toBeUndefined();
    recordNeeds(history, 1, [62_000, 120_000]);
    expect(history.maxNeeded(window, 120_000)).toBe(1);
    history.noteDeployed({ definition: "v2", replicas: 5 }, 120_000);
    expect(history.maxNeeded(window, 120_000)).toBeUndefined();
  });

  it("continues after a change by this gateway", () => {
    const history = createHistory(5);
    recordNeeds(history, 1, [0, 60_000]);
    history.noteScaled(1);
    history.noteDeployed({ definition: "v1", replicas: 1 }, 62_000);
    expect(history.maxNeeded(window, 62_000)).toBe(1);
  });
});

describe("idleMs", () => {
  it("counts from the first observation of the function, then from its last call", () => {
    const history = createHistory(1);
    history.noteLoad({ lastCallAt: -90_000, needed: 1 }, 10_000);
    expect(history.idleMs(10_000)).toBe(10_000);
    history.noteLoad({ lastCallAt: 11_000, needed: 1 }, 12_000);
    expect(history.idleMs(12_000)).toBe(1_000);
    history.noteLoad({ lastCallAt: Number.NEGATIVE_INFINITY, needed: 1 }, 20_000);
    expect(history.idleMs(20_000)).toBe(9_000);
  });

  it("restarts when the function changes and when it is woken", () => {
    const history = createHistory(1);
    history.noteDeployed({ definition: "v2", replicas: 1 }, 50_000);
    expect(history.idleMs(60_000)).toBe(10_000);
    history.noteScaled(0);
    history.noteDeployed({ definition: "v2", replicas: 1 }, 70_000);
    expect(history.idleMs(70_000)).toBe(0);
  });

  it("continues when the autoscaler changes the replicas", () => {
    const history = createHistory(3);
    history.noteDeployed({ definition: "v1", replicas: 2 }, 50_000);
    expect(history.idleMs(60_000)).toBe(60_000);
  });
});
