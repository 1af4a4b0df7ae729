import { CallCounts } from "../../http/call-counts.ts";
import { FunctionCatalog } from "../../http/function-catalog.ts";
import type { FunctionTarget } from "../../http/function-target.ts";
import { CallWindow } from "./call-window.ts";

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

/** A window over the counts of one function, `echo`, that is 10 seconds old. */
function createWindow() {
  const counts = new CallCounts();
  const target = { definition: { name: "echo" } } as FunctionTarget;
  const functions = new FunctionCatalog("data", [target]);
  const window = new CallWindow(counts, functions);
  jest.advanceTimersByTime(10_000);
  window.sample();
  const call = (times: number) => {
    for (let count = 0; count < times; count += 1) counts.begin("echo")();
  };
  return { counts, target, functions, window, call };
}

describe("a window of calls", () => {
  it("contains no function without calls", () => {
    expect(createWindow().window.sample()).toEqual(new Map());
  });

  it("measures calls per second over ten seconds", () => {
    const { window, call } = createWindow();
    for (let second = 2; second <= 20; second += 2) {
      call(100);
      jest.advanceTimersByTime(2_000);
      expect(window.sample().get("echo")).toMatchObject({ inFlight: 0, perSecond: 50 });
    }
    const rates = [2, 4, 6, 8, 10].map(() => {
      jest.advanceTimersByTime(2_000);
      return window.sample().get("echo")?.perSecond;
    });
    expect(rates).toEqual([40, 30, 20, 10, undefined]);
  });

  it("measures calls in flight, and the end of the last one", () => {
    const { counts, window } = createWindow();
    const end = counts.begin("echo");
    jest.advanceTimersByTime(60_000);
    expect(window.sample().get("echo")?.inFlight).toBe(1);
    end();
    expect(window.sample().get("echo")).toMatchObject({ inFlight: 0, lastAt: Date.now() });
  });

  it("forgets removed functions", () => {
    const { functions, target, window, call } = createWindow();
    call(10);
    functions.delete(target);
    expect(window.sample()).toEqual(new Map());
  });
});
