import { setTimeout as pause } from "node:timers/promises";
import { type Memory, readMemory } from "../support/process/memory.ts";
import type { StartedProgram } from "../support/process/program.ts";
import { regressionSlope } from "../support/process/slope.ts";

/** The memory of a process during the second half of a soak test, in megabytes. */
export interface MemoryReport {
  heap: number;
  resident: number;
  /** Megabytes a minute. */
  heapSlope: number;
  residentSlope: number;
  /** The growth over that half according to the slope. */
  heapGrowth: number;
  residentGrowth: number;
}

/** Samples the memory of processes periodically. */
export interface MemoryWatch {
  /** Until the signal fires. */
  watch(signal: AbortSignal): Promise<void>;
  report(name: string): MemoryReport;
}

interface Sample extends Memory {
  minutes: number;
}

/** The interval gives enough samples for a short soak, and not too many for a long one. */
export function createMemoryWatch(
  programs: Readonly<Record<string, StartedProgram>>,
  seconds: number,
): MemoryWatch {
  const samples = new Map<string, Sample[]>(Object.keys(programs).map((name) => [name, []]));
  const every = Math.max(1_000, (seconds * 1_000) / 60);
  return {
    async watch(signal) {
      while (!signal.aborted) {
        for (const [name, program] of Object.entries(programs)) {
          const memory = await readMemory(program).catch((error) => {
            if (!program.hasEnded()) throw error;
          });
          if (memory) samples.get(name)!.push({ ...memory, minutes: performance.now() / 60_000 });
        }
        await pause(every, undefined, { signal }).catch(() => undefined);
      }
    },
    report(name) {
      const all = samples.get(name)!;
      const half = all.slice(Math.floor(all.length / 2));
      const { minutes: end, heapUsed, rss } = half.at(-1) ?? { minutes: 0, heapUsed: 0, rss: 0 };
      const minutes = end - (half[0]?.minutes ?? 0);
      const slope = (key: keyof Memory) =>
        half.length < 3 ? 0 : regressionSlope(half.map((sample) => [sample.minutes, sample[key] / 1e6]));
      const [heapSlope, residentSlope] = [slope("heapUsed"), slope("rss")];
      return {
        heap: heapUsed / 1e6,
        resident: rss / 1e6,
        heapSlope,
        residentSlope,
        heapGrowth: heapSlope * minutes,
        residentGrowth: residentSlope * minutes,
      };
    },
  };
}
