import type { CallCounts } from "../../http/call-counts.ts";
import type { FunctionCatalog } from "../../http/function-catalog.ts";

/** The load of a function at one gateway. */
export interface FunctionActivity {
  inFlight: number;
  /** Calls per second that started within the window. */
  perSecond: number;
  /** When the last call began or ended, in milliseconds since 1970. */
  lastAt: number;
}

interface Sample {
  at: number;
  total: number;
}

const windowMs = 10_000;

/** Computes calls per second from samples of a gateway's counts over a window of 10 seconds. */
export class CallWindow {
  readonly #counts: CallCounts;
  readonly #functions: FunctionCatalog;
  readonly #samples = new Map<string, Sample[]>();
  #sampledAt = Date.now();

  constructor(counts: CallCounts, functions: FunctionCatalog) {
    this.#counts = counts;
    this.#functions = functions;
  }

  /** Takes a sample. @returns the load of functions with calls within the window or in flight, by called name */
  sample(): Map<string, FunctionActivity> {
    const now = Date.now();
    const names = new Set(this.#functions.names());
    for (const name of this.#samples.keys()) if (!names.has(name)) this.#samples.delete(name);
    const active = new Map<string, FunctionActivity>();
    for (const name of names) {
      const { inFlight, total, lastAt } = this.#counts.of(name);
      if (lastAt === undefined) continue;
      const perSecond = this.#rate(name, { at: now, total });
      if (inFlight > 0 || perSecond > 0 || now - lastAt < windowMs) {
        active.set(name, { inFlight, perSecond, lastAt });
      }
    }
    this.#sampledAt = now;
    return active;
  }

  #rate(name: string, sample: Sample): number {
    const samples = this.#samples.get(name) ?? [{ at: this.#sampledAt, total: 0 }];
    samples.push(sample);
    // Keeps one sample that is at least as old as the window.
    while (samples[1]!.at <= sample.at - windowMs) samples.shift();
    this.#samples.set(name, samples);
    const { at, total } = samples[0]!;
    const seconds = Math.max(1, (sample.at - at) / 1_000);
    const calls = Math.max(0, sample.total - total); // The counts of a redeployed function restart at 0.
    return Math.round((calls / seconds) * 10) / 10;
  }
}
