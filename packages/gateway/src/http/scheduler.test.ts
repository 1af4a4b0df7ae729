import { getMaxListeners } from "node:events";
import type { IncomingMessage } from "node:http";
import { PassThrough } from "node:stream";
import { createLogger } from "@platform/shared/log/logger";
import { FunctionCatalog } from "./function-catalog.ts";
import type { FunctionTarget } from "./function-target.ts";
import { Scheduler, type SchedulerOptions } from "./scheduler.ts";
import type { FunctionCall } from "./send-call.ts";

beforeEach(() => jest.useFakeTimers({ now: Date.parse("2026-11-28T10:00:00.500Z") }));
afterEach(() => jest.useRealTimers());

const seconds = (count: number) => jest.advanceTimersByTimeAsync(count * 1_000);

function createFunction(name: string, schedule: string): FunctionTarget {
  return {
    definition: { name, annotations: { topic: "cron-function", schedule } },
  } as unknown as FunctionTarget;
}

/** Creates a complete answer. */
function createAnswer(statusCode: number): IncomingMessage {
  return Object.assign(new PassThrough().end("answer"), { statusCode }) as unknown as IncomingMessage;
}

/** Starts a scheduler that records the calls of functions. */
function startScheduler(targets: readonly FunctionTarget[], options: Partial<SchedulerOptions> = {}) {
  const functions = new FunctionCatalog("data", targets);
  const calls: { name: string; at: string; call: FunctionCall }[] = [];
  const outcomes: string[] = [];
  const log = createLogger("test", "silent");
  const warnings = jest.spyOn(log, "warn");
  const scheduler = new Scheduler({
    functions,
    log,
    shutdownTimeoutMs: 1_000,
    ended: (_name, outcome) => outcomes.push(outcome),
    ...options,
    call(name, call) {
      calls.push({ name, at: new Date().toISOString().slice(11, 19), call });
      return options.call?.(name, call) ?? Promise.resolve(createAnswer(200));
    },
  });
  const events = () => warnings.mock.calls.map((parts) => parts[1]);
  return { functions, scheduler, calls, outcomes, events };
}

const listTimes = (calls: readonly { at: string }[]) => calls.map(({ at }) => at);

describe("a scheduler", () => {
  it("calls a function at its times with POST, without a body, and with a unique call id", async () => {
    const { calls, outcomes } = startScheduler([createFunction("minutely", "* * * * *")]);
    await seconds(125);
    expect(listTimes(calls)).toEqual(["10:01:00", "10:02:00"]);
    expect(calls[0]!.call).toMatchObject({ method: "POST", url: "/", body: undefined });
    const ids = new Set(calls.map(({ call }) => call.headers["x-call-id"]));
    expect(ids.size).toBe(2);
    expect(outcomes).toEqual(["succeeded", "succeeded"]);
  });

  it("makes many calls without a MaxListenersExceededWarning", async () => {
    const { calls } = startScheduler([createFunction("minutely", "* * * * *")]);
    await seconds(65);
    expect(getMaxListeners(calls[0]!.call.signal!)).toBe(Number.POSITIVE_INFINITY);
  });

  it("follows functions that are added, changed and removed", async () => {
    const { functions, calls } = startScheduler([]);
    await seconds(10);
    functions.set(createFunction("ticking", "@every 2s"));
    await seconds(4);
    expect(listTimes(calls)).toEqual(["10:00:13"]);
    functions.set(createFunction("ticking", "@every 30s"));
    await seconds(31);
    expect(listTimes(calls)).toEqual(["10:00:13", "10:00:45"]);
    functions.delete(createFunction("ticking", ""));
    await seconds(120);
    expect(calls).toHaveLength(2);
  });

  it("skips a time while the previous call is in flight, even if the schedule changes", async () => {
    let answer: (answer: IncomingMessage) => void = () => undefined;
    const { functions, calls, outcomes, events } = startScheduler([createFunction("slow", "@every 2s")], {
      call: () => new Promise((resolve) => (answer = resolve)),
    });
    await seconds(4);
    functions.set(createFunction("slow", "@every 1s"));
    await seconds(2);
    expect(calls).toHaveLength(1);
    expect(outcomes.every((outcome) => outcome === "skipped")).toBe(true);
    expect(events()).toContain("schedule_skipped");
    answer(createAnswer(200));
    await seconds(1);
    expect(calls).toHaveLength(2);
  });

  it("counts and logs failures, and continues", async () => {
    const answers = [() => Promise.resolve(createAnswer(503)), () => Promise.reject(new Error("broken"))];
    const { outcomes, events } = startScheduler([createFunction("failing", "@every 1s")], {
      call: () => answers.shift()?.() ?? Promise.resolve(createAnswer(200)),
    });
    await seconds(5);
    expect(outcomes.slice(0, 3)).toEqual(["failed", "failed", "succeeded"]);
    expect(events()).toEqual(["scheduled_call_failed", "scheduled_call_failed"]);
  });

  it("logs a wrong schedule once, and calls the others", async () => {
    const { calls, events } = startScheduler([
      createFunction("wrong", "99 * * * *"),
      createFunction("right", "@every 1s"),
    ]);
    await seconds(5);
    expect(events()).toEqual(["schedule_wrong"]);
    expect(new Set(calls.map(({ name }) => name))).toEqual(new Set(["right"]));
  });

  it("calls only while it is active, and does not catch up on missed times", async () => {
    let active = false;
    const { calls } = startScheduler([createFunction("minutely", "* * * * *")], { isActive: () => active });
    await seconds(70); // 10:01:10
    active = true;
    await seconds(60); // 10:02:10
    active = false;
    await seconds(60); // 10:03:10
    active = true;
    await seconds(48); // 10:03:58
    active = false;
    await seconds(1);
    active = true; // at 10:03:59, within two seconds of a time that the previous leader may have served
    await seconds(62);
    expect(listTimes(calls)).toEqual(["10:02:00", "10:05:00"]);
  });

  it("waits for calls in flight on disposal within a time limit, and starts none", async () => {
    const signals: AbortSignal[] = [];
    const { scheduler, calls } = startScheduler([createFunction("endless", "@every 1s")], {
      call(_name, { signal }) {
        signals.push(signal!);
        return new Promise(() => undefined);
      },
    });
    await seconds(2);
    const ended = scheduler[Symbol.asyncDispose]();
    await seconds(0.9);
    expect(signals[0]!.aborted).toBe(false);
    await seconds(0.2);
    await ended;
    expect(signals[0]!.aborted).toBe(true);
    expect(calls).toHaveLength(1);
  });
});
