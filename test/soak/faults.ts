import { setTimeout as pause } from "node:timers/promises";
import type { Peer } from "./soak-call.ts";

/** A way in which a peer fails for a while. */
export interface Fault {
  peer: Peer;
  description: string;
  begin(): Promise<void> | void;
  end(): Promise<void> | void;
}

/** The injected faults with their times. */
export interface FaultLog {
  /** Number of faults. */
  count(): number;
  /** Whether a peer failed at some time between two times of performance.now(). */
  overlaps(peer: Peer, from: number, to: number): boolean;
  /** Injects the faults one after the other, repeatedly, until the signal fires, which also ends the current fault. */
  strike(faults: readonly Fault[], signal: AbortSignal): Promise<void>;
}

const faultMs = 2_500;
const pauseMs = 4_000;
/** Longer than a call waits for its peer. A call that began during a fault may end after it, and later calls may share its result. */
const graceMs = 2_500;

/** Returns a log without faults. */
export function createFaultLog(): FaultLog {
  const windows: { peer: Peer; from: number; to: number }[] = [];
  const sleep = (milliseconds: number, signal: AbortSignal) =>
    pause(milliseconds, undefined, { signal }).catch(() => undefined);
  return {
    count: () => windows.length,
    overlaps: (peer, from, to) =>
      windows.some((window) => window.peer === peer && window.from <= to && window.to >= from),
    async strike(faults, signal) {
      for (let turn = 0; !signal.aborted; turn++) {
        await sleep(pauseMs, signal);
        if (signal.aborted) return;
        const { peer, begin, end } = faults[turn % faults.length]!;
        const window = { peer, from: performance.now(), to: Number.POSITIVE_INFINITY };
        windows.push(window);
        await begin();
        await sleep(faultMs, signal);
        await end();
        window.to = performance.now() + graceMs;
      }
    },
  };
}
