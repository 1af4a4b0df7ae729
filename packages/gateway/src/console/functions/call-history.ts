import {
  type Counts,
  FunctionHistory,
  type HistoricCall,
  maxMinutes,
  minuteMs,
  startOfMinute,
  sum,
} from "./function-history.ts";
import type { CallMinute, CallView } from "./view.ts";

const maxFunctions = 500;

/** The calls of each function through this gateway. They are in memory, so a restart loses them. */
export class CallHistory {
  readonly #now: () => number;
  readonly #startedAt: number;
  /** Histories by called name, least recently called first. */
  readonly #functions = new Map<string, FunctionHistory>();

  constructor(now: () => number = Date.now) {
    this.#now = now;
    this.#startedAt = now();
  }

  /** Records an answered call. */
  add(call: HistoricCall): void {
    const { name } = call;
    const history = this.#functions.get(name) ?? new FunctionHistory();
    // Limits the memory: the least recently called function is forgotten.
    this.#functions.delete(name);
    this.#functions.set(name, history);
    if (this.#functions.size > maxFunctions) this.#functions.delete(this.#functions.keys().next().value!);
    history.add(call, this.#now());
  }

  /** The start of counting, in milliseconds since 1970. */
  get since(): number {
    return Math.max(this.#startedAt, this.#now() - maxMinutes * minuteMs);
  }

  /** Counts and latencies of the last 100 calls, in milliseconds; null before the first. */
  readLatest(name: string): ReturnType<FunctionHistory["latest"]> | null {
    return this.#functions.get(name)?.latest() ?? null;
  }

  /** Counts of the last 60 seconds. */
  readLastMinute(name: string): Counts {
    return this.#functions.get(name)?.lastMinute(this.#now()) ?? { calls: 0, failed: 0 };
  }

  /** The minutes of the last two hours that have calls, oldest first. */
  readMinutes(name: string): CallMinute[] {
    return this.#functions.get(name)?.minutes(this.#now()) ?? [];
  }

  /** The numbers of calls in each of the last `length` minutes, oldest first, and the number of failures. */
  readCounts(name: string, length: number): { perMinute: number[]; failed: number } {
    const perMinute = new Array<number>(length).fill(0);
    const first = startOfMinute(this.#now()) - (length - 1) * minuteMs;
    const minutes = this.readMinutes(name).filter(({ time }) => time >= first);
    for (const { time, calls } of minutes) perMinute[(time - first) / minuteMs] = calls;
    return { perMinute, failed: sum(minutes).failed };
  }

  /** The last 100, newest first. */
  readCalls(name: string): CallView[] {
    return this.#functions.get(name)?.calls ?? [];
  }

  readLastCall(name: string): CallView | undefined {
    return this.#functions.get(name)?.last;
  }

  /** The latest of the last 100 calls with this call id. */
  find(name: string, callId: string): CallView | undefined {
    return this.readCalls(name).find((call) => call.callId === callId);
  }
}
