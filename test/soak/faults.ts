import { setTimeout as pause } from "node:timers/promises";
import type { Peer } from "./soak-call.ts";

/** A way in which a peer fails for a while. */
export interface Fault {
  peer: Peer;
  what: string;
  begin(): Promise<void> | void;
  end(): Promise<void> | void;
}

/** What was struck, and when. */
export interface FaultLog {
  /** How many faults there were. */
  count(): number;
  /** Was a peer failing at some time between? By performance.now(). */
  overlaps(peer: Peer, from: number, to: number): boolean;
  /** Strikes one after the other, again and again, until the signal fires; none lasts longer than that. */
  strike(faults: readonly Fault[], signal: AbortSignal): Promise<void>;
}

const holds = 2_500;
const rests = 4_000;
/** Longer than a call waits for its peer: what began during a fault may end after it, and later calls may share that end. */
const grace = 2_500;

/** Nothing was struck yet. */
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
        await sleep(rests, signal);
        if (signal.aborted) return;
        const { peer, begin, end } = faults[turn % faults.length]!;
        const window = { peer, from: performance.now(), to: Number.POSITIVE_INFINITY };
        windows.push(window);
        await begin();
        await sleep(holds, signal);
        await end();
        window.to = performance.now() + grace;
      }
    },
  };
}
