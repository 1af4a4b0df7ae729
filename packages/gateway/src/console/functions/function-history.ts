import type { AnsweredCall } from "../../http/metrics.ts";
import { LatencyHistogram } from "./latency-histogram.ts";
import type { CallKind, CallMinute, CallView } from "./view.ts";

/** A call and its kind. */
export interface HistoricCall extends AnsweredCall {
  kind: CallKind;
}

/** Counts of calls. A 5xx status is a failure; a 4xx is the caller's error. */
export interface Counts {
  calls: number;
  failed: number;
}

/** Counts within five seconds. */
interface Step extends Counts {
  /** The index of the step since 1970. */
  index: number;
}

export const minuteMs = 60_000;
export const maxMinutes = 120;
const maxCalls = 100;
const stepMs = 5_000;
const maxSteps = minuteMs / stepMs;

/** The calls of a function: the last 100, and counts by minute over two hours. All times are in milliseconds. */
export class FunctionHistory {
  /** Oldest first. */
  readonly #calls: CallView[] = [];
  /** Minutes with calls, oldest first. */
  readonly #minutes: CallMinute[] = [];
  /** Steps of the last minute, oldest first. */
  readonly #steps: Step[] = [];
  /** The latencies of the latest minute. */
  #latencies = new LatencyHistogram();

  add({ status, seconds, callId, kind }: HistoricCall, now: number): void {
    const milliseconds = seconds * 1_000;
    const hasFailed = status >= 500 ? 1 : 0;
    for (const counts of [this.ensureMinute(now), this.ensureStep(now)]) {
      counts.calls += 1;
      counts.failed += hasFailed;
    }
    this.#latencies.add(milliseconds);
    const time = Math.round(now - milliseconds);
    this.#calls.push({ callId, time, status, milliseconds: Number(milliseconds.toPrecision(3)), kind });
    if (this.#calls.length > maxCalls) this.#calls.shift();
  }

  /** The last 100, newest first. */
  get calls(): CallView[] {
    return [...this.#calls].reverse();
  }

  get last(): CallView | undefined {
    return this.#calls.at(-1);
  }

  /** Counts and nearest-rank quantiles of the last 100 calls. */
  latest(): Counts & { p50: number; p95: number } {
    const times = this.#calls.map(({ milliseconds }) => milliseconds).sort((a, b) => a - b);
    const quantile = (part: number) => times[Math.ceil(part * times.length) - 1] ?? 0;
    const failed = this.#calls.filter(({ status }) => status >= 500).length;
    return { calls: times.length, failed, p50: quantile(0.5), p95: quantile(0.95) };
  }

  /** Counts of the last 60 seconds, in steps of five. */
  lastMinute(now: number): Counts {
    const oldest = Math.floor(now / stepMs) - maxSteps;
    return sum(this.#steps.filter(({ index }) => index > oldest));
  }

  /** The minutes of the last two hours that have calls, oldest first. */
  minutes(now: number): CallMinute[] {
    this.#setQuantiles();
    const oldest = startOfMinute(now) - (maxMinutes - 1) * minuteMs;
    return this.#minutes.filter(({ time }) => time >= oldest);
  }

  ensureMinute(now: number): CallMinute {
    const time = startOfMinute(now);
    const last = this.#minutes.at(-1);
    // If the clock goes back, the call counts in the latest minute, so that times ascend.
    if (last !== undefined && last.time >= time) return last;
    this.#setQuantiles();
    this.#latencies = new LatencyHistogram();
    const minute = { time, calls: 0, failed: 0, p50: 0, p95: 0 };
    if (this.#minutes.push(minute) > maxMinutes) this.#minutes.shift();
    return minute;
  }

  ensureStep(now: number): Step {
    const index = Math.floor(now / stepMs);
    const last = this.#steps.at(-1);
    if (last !== undefined && last.index >= index) return last;
    const step = { index, calls: 0, failed: 0 };
    if (this.#steps.push(step) > maxSteps) this.#steps.shift();
    return step;
  }

  /** Past minutes keep two quantiles instead of the histogram. */
  #setQuantiles(): void {
    const last = this.#minutes.at(-1);
    if (last === undefined) return;
    last.p50 = this.#latencies.quantile(0.5);
    last.p95 = this.#latencies.quantile(0.95);
  }
}

/** Returns the start of a time's minute. */
export function startOfMinute(time: number): number {
  return time - (time % minuteMs);
}

/** Sums counts. */
export function sum(counts: readonly Counts[]): Counts {
  return {
    calls: counts.reduce((total, { calls }) => total + calls, 0),
    failed: counts.reduce((total, { failed }) => total + failed, 0),
  };
}
