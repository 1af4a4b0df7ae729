import type { Scaling } from "../../http/scale-labels.ts";

/** The load of a function at all gateways. */
export type Load = Readonly<{ inFlight: number; perSecond: number }>;

/** The input of a decision about a function's replicas. */
export interface ScaleFacts {
  scaling: Scaling;
  /** The desired replicas of its Deployment. */
  replicas: number;
  load: Load;
  /** The maximum of needed replicas within the scale-down window; undefined before the window is complete. */
  recentlyNeeded: number | undefined;
  /** Time without a call in flight and without a change. */
  idleMs: number;
}

/** A change of a function's replicas. */
export interface ScaleDecision {
  to: number;
  reason: "load" | "idle";
}

/**
 * Decides about a function's replicas; undefined means no change. A function at zero stays there until a call wakes it.
 */
export function decideReplicas(facts: ScaleFacts): ScaleDecision | undefined {
  const { scaling, replicas, load, recentlyNeeded, idleMs } = facts;
  if (replicas === 0) return undefined;
  if (scaling.zero && load.inFlight === 0 && idleMs >= scaling.zeroAfterMs) return { to: 0, reason: "idle" };
  if (!isScaledByLoad(scaling)) return undefined;
  const needed = neededReplicas(scaling, load);
  if (needed > replicas) {
    const step = Math.max(1, Math.ceil((scaling.max * scaling.factor) / 100));
    return { to: Math.min(needed, replicas + step), reason: "load" };
  }
  if (recentlyNeeded !== undefined && recentlyNeeded < replicas)
    return { to: recentlyNeeded, reason: "load" };
  return undefined;
}

/** Computes the replicas that the load needs, within the function's bounds. */
export function neededReplicas({ type, target, min, max }: Scaling, load: Load): number {
  const calls = type === "rps" ? load.perSecond : load.inFlight;
  return Math.min(max, Math.max(min, 1, Math.ceil(calls / target)));
}

/** Whether the gateway scales it by load; for `cpu` the autoscaler does. */
function isScaledByLoad({ type, factor }: Scaling): boolean {
  return type !== "cpu" && factor > 0;
}
