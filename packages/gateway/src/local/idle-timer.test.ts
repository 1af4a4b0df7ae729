import { IdleTimer } from "./idle-timer.ts";

describe("IdleTimer", () => {
  const onIdle = jest.fn();
  let timer: IdleTimer;
  beforeEach(() => {
    jest.useFakeTimers();
    onIdle.mockReset();
    timer = new IdleTimer(onIdle);
  });
  afterEach(() => {
    timer[Symbol.dispose]();
    jest.useRealTimers();
  });

  it("waits for the end of the last call, then for the idle time", () => {
    timer.start(1_000);
    const ends = [timer.begin(), timer.begin()];
    ends[0]!();
    jest.advanceTimersByTime(5_000);
    expect(onIdle).not.toHaveBeenCalled();
    ends[1]!();
    jest.advanceTimersByTime(999);
    expect(onIdle).not.toHaveBeenCalled();
    jest.advanceTimersByTime(1);
    expect(onIdle).toHaveBeenCalledTimes(1);
  });

  it("supports times longer than Node.js's timers", () => {
    timer.start(2 ** 40);
    jest.advanceTimersByTime(1_000_000);
    expect(onIdle).not.toHaveBeenCalled();
  });

  it("does nothing without an idle time, and after it is stopped", () => {
    timer.start(undefined);
    timer.begin()();
    timer.start(1_000);
    timer[Symbol.dispose]();
    jest.advanceTimersByTime(5_000);
    expect(onIdle).not.toHaveBeenCalled();
  });
});
